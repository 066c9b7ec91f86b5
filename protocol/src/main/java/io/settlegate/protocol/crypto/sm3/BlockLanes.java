package io.settlegate.protocol.crypto.sm3;

/**
 * Compresses sixteen blocks at once, each into a state of its own. Word i of lane l stands at {@code LANES * i + l}, in states and in
 * blocks.
 *
 * <p>Stateless or one thread, as the implementation says; the caller gives the memory.
 */
public interface BlockLanes {
    int LANES = 16;

    /** Words of sixteen states. */
    int STATES_WORDS = LANES * Sm3Compression.STATE_WORDS;

    /** Words of sixteen expanded blocks. */
    int EXPANDED_WORDS = LANES * Sm3Compression.EXPANDED_WORDS;

    /** True if this machine's vectors have at least eight lanes, so that one instruction serves half of them. */
    boolean isNative();

    /**
     * Takes one block of each lane into its state.
     *
     * @param words the blocks, with room for {@link #EXPANDED_WORDS}.
     * @param active for each lane -1, or 0 if its state is to stay as it is, whatever its block holds.
     */
    void compress(int[] states, int[] words, int[] active);
}
