package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm3.BlockLanes;
import io.settlegate.protocol.crypto.sm3.Sm3Compression;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * SM3 of several messages, one after the other, or sixteen at a time in the lanes of a vector unit. A message is given in pieces and
 * closed by {@link #end()}; {@link #digest} computes them all.
 *
 * <p>Messages are copied, and padded, into one array, so the caller may reuse its memory, and every block is read in the same way.
 * Messages may differ in length: the longest go first, a lane that is done takes the next message, and when too few are left to
 * fill the lanes, the rest goes on in scalar code.
 *
 * <pre>
 *   padded: | message 0 | 80 00.. | bits u64 BE | message 1 | ...      each a multiple of 64 bytes
 * </pre>
 *
 * <p>One thread. The array grows to the largest batch and is kept: a batch no larger than an earlier one allocates nothing. Never
 * blocks; throws if the batch is full, or on ranges outside the given memory.
 */
public final class Sm3Batch {
    /** Reading ints out of bytes is safe, see {@link Sm3Compression}, and only lanes do it, whose digests are compared. */
    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Below this many, lanes cost more than scalar code. */
    private static final int MIN_LANES = 3;

    private static final int BLOCK_LENGTH = Sm3Compression.BLOCK_LENGTH;
    private static final int INITIAL_MESSAGE_LENGTH = 4 * BLOCK_LENGTH;

    /** Messages of at least as many blocks are one class: how they are ordered among each other costs little. */
    private static final int CLASSES = 64;

    /** Lanes that are as many apart may be one place of the processor's vectors. */
    private static final int PLACES = BlockLanes.LANES / 2;

    /** The second pass begins in this lane; at another place than the first for most messages. */
    private static final int SECOND_LANE = 5;

    private final BlockLanes lanes;
    private final int[] states = new int[BlockLanes.STATES_WORDS];
    private final int[] words = new int[BlockLanes.EXPANDED_WORDS];
    private final int[] active = new int[BlockLanes.LANES];
    private final int[] messages = new int[BlockLanes.LANES];
    private final int[] positions = new int[BlockLanes.LANES];
    private final int[] scalarState = new int[Sm3Compression.STATE_WORDS];
    private final int[] scalarWords = new int[Sm3Compression.EXPANDED_WORDS];

    /** Where each message ends in {@code padded}, its padding included, and the next one begins. */
    private final int[] ends;

    /** The messages in the order in which lanes take them. */
    private final int[] order;

    /** The place of the lane in which the first pass computed each message. */
    private final int[] firstPlaces;

    private final int[] classStarts = new int[CLASSES + 1];
    private LaneAgreement agreement;
    private byte[] padded;
    private int filled;
    private int count;

    /**
     * Two computations of the same digests. The second, of the same messages, gives none of them the lane that it had in the first,
     * nor the one at the same place in the other vector where sixteen lanes are two of eight; what finds no such lane is left to
     * scalar code. Where several messages are of a length they have other neighbours too.
     */
    enum Pass {
        FIRST,
        SECOND
    }

    /**
     * In scalar code.
     *
     * @param capacity messages of a batch at most.
     */
    public Sm3Batch(final int capacity) {
        this(capacity, null);
    }

    /**
     * In lanes where vectors have eight or more, each digest twice and some of them in scalar code too, in scalar code alone
     * otherwise: for digests that are kept. See {@link LaneAgreement}.
     */
    public static Sm3Batch inAgreeingLanes(final int capacity) {
        return inAgreeingLanes(capacity, VectorClasses.nativeBlockLanes(), LaneAgreement.Standing.ON_TRIAL);
    }

    static Sm3Batch inAgreeingLanes(final int capacity, final BlockLanes lanes, final LaneAgreement.Standing standing) {
        final Sm3Batch batch = new Sm3Batch(capacity, lanes);
        if (lanes != null) {
            batch.agreement = new LaneAgreement(batch, capacity, standing);
        }
        return batch;
    }

    /**
     * In lanes where vectors have eight or more, in scalar code otherwise: for digests that are compared with others, by callers who ask
     * scalar code again before they call two unequal. Lanes run on an incubating part of the JVM.
     */
    public static Sm3Batch inLanes(final int capacity) {
        return new Sm3Batch(capacity, VectorClasses.nativeBlockLanes());
    }

    /** @param lanes null for scalar code. */
    Sm3Batch(final int capacity, final BlockLanes lanes) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is below 1");
        }
        this.lanes = lanes;
        this.ends = new int[capacity];
        this.order = new int[capacity];
        this.firstPlaces = new int[capacity];
        this.padded = new byte[Math.multiplyExact(capacity, INITIAL_MESSAGE_LENGTH)];
    }

    public int count() {
        return count;
    }

    public boolean isFull() {
        return count == ends.length;
    }

    public Sm3Batch update(final byte value) {
        reserve(1);
        padded[filled] = value;
        filled++;
        return this;
    }

    public Sm3Batch update(final byte[] bytes, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        reserve(length);
        System.arraycopy(bytes, offset, padded, filled, length);
        filled += length;
        return this;
    }

    public Sm3Batch update(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        reserve(length);
        buffer.getBytes(offset, padded, filled, length);
        filled += length;
        return this;
    }

    /** {@code value} as eight bytes, little-endian. */
    public Sm3Batch updateLong(final long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            update((byte) (value >>> shift));
        }
        return this;
    }

    /**
     * Closes a message.
     *
     * @return its index: digest i is the i-th in the target.
     */
    public int end() {
        if (isFull()) {
            throw new IllegalStateException("the batch holds " + count + " messages and no more");
        }
        final long bits = (long) (filled - start(count)) * Byte.SIZE;
        reserve(2 * BLOCK_LENGTH);
        padded[filled] = Sm3.PADDING;
        final int end = (filled + 1 + Long.BYTES + BLOCK_LENGTH - 1) & -BLOCK_LENGTH;
        Arrays.fill(padded, filled + 1, end - Long.BYTES, (byte) 0);
        Sm3Compression.word(padded, end - Long.BYTES, (int) (bits >>> Integer.SIZE));
        Sm3Compression.word(padded, end - Integer.BYTES, (int) bits);
        filled = end;
        ends[count] = end;
        return count++;
    }

    private void reserve(final int length) {
        if (length > padded.length - filled) {
            padded = Arrays.copyOf(padded, Math.max(Math.addExact(filled, length), Math.multiplyExact(2, filled)));
        }
    }

    private int start(final int message) {
        return message == 0 ? 0 : ends[message - 1];
    }

    /** Writes the digests of all messages, one after the other, and starts anew; what was not closed is forgotten. */
    public void digest(final byte[] target, final int offset) {
        Objects.checkFromIndexSize(offset, count * Sm3.LENGTH, target.length);
        if (lanes == null || count < MIN_LANES) {
            digestScalar(target, offset);
        } else if (agreement == null) {
            digestInLanes(target, offset, Pass.FIRST);
        } else {
            agreement.digest(target, offset);
        }
        clear();
    }

    void digestScalar(final byte[] target, final int offset) {
        for (int message = 0; message < count; message++) {
            digestScalar(message, target, offset + message * Sm3.LENGTH);
        }
    }

    /** One of the messages. */
    void digestScalar(final int message, final byte[] target, final int offset) {
        Sm3Compression.begin(scalarState);
        digestRest(message, start(message), target, offset);
    }

    /** Forgets all messages. */
    public void clear() {
        count = 0;
        filled = 0;
    }

    void digestInLanes(final byte[] target, final int offset, final Pass pass) {
        sort(pass);
        int next = 0;
        int running = 0;
        Arrays.fill(active, 0);
        for (int i = 0; i < BlockLanes.LANES && next < count; i++) {
            final int lane = pass == Pass.FIRST ? i : (i + SECOND_LANE) % BlockLanes.LANES;
            if (beginNext(lane, next, pass)) {
                next++;
                running++;
            }
        }
        while (running >= MIN_LANES) {
            load();
            lanes.compress(states, words, active);
            for (int lane = 0; lane < BlockLanes.LANES; lane++) {
                if (active[lane] != 0 && positions[lane] == ends[messages[lane]]) {
                    write(lane, target, offset);
                    if (next < count && beginNext(lane, next, pass)) {
                        next++;
                    } else {
                        active[lane] = 0;
                        running--;
                    }
                }
            }
        }
        for (; next < count; next++) {
            digestScalar(order[next], target, offset + order[next] * Sm3.LENGTH);
        }
        for (int lane = 0; lane < BlockLanes.LANES && running > 0; lane++) {
            if (active[lane] != 0) {
                for (int i = 0; i < Sm3Compression.STATE_WORDS; i++) {
                    scalarState[i] = states[i * BlockLanes.LANES + lane];
                }
                digestRest(messages[lane], positions[lane], target, offset + messages[lane] * Sm3.LENGTH);
            }
        }
    }

    /** Longest first: a long message that comes last would leave the other lanes idle. */
    private void sort(final Pass pass) {
        Arrays.fill(classStarts, 0);
        for (int message = 0; message < count; message++) {
            classStarts[lengthClass(message) + 1]++;
        }
        for (int i = 1; i <= CLASSES; i++) {
            classStarts[i] += classStarts[i - 1];
        }
        for (int i = 0; i < count; i++) {
            final int message = pass == Pass.FIRST ? i : count - 1 - i;
            order[classStarts[lengthClass(message)]++] = message;
        }
    }

    /** 0 for the longest. */
    private int lengthClass(final int message) {
        final int blocks = (ends[message] - start(message)) / BLOCK_LENGTH;
        return CLASSES - Math.min(CLASSES, blocks);
    }

    /** Gives a lane the next message, which in the second pass is one that had another place; false if there is none. */
    private boolean beginNext(final int lane, final int next, final Pass pass) {
        final int place = lane % PLACES;
        int chosen = next;
        while (pass == Pass.SECOND && chosen < count && firstPlaces[order[chosen]] == place) {
            chosen++;
        }
        if (chosen == count) {
            return false;
        }
        final int message = order[chosen];
        order[chosen] = order[next];
        order[next] = message;
        firstPlaces[message] = place;
        begin(lane, message);
        return true;
    }

    private void begin(final int lane, final int message) {
        active[lane] = -1;
        messages[lane] = message;
        positions[lane] = start(message);
        for (int i = 0; i < Sm3Compression.STATE_WORDS; i++) {
            states[i * BlockLanes.LANES + lane] = Sm3Compression.initialWord(i);
        }
    }

    /** Gives each active lane its next block; what stands in the others has no effect. */
    private void load() {
        for (int lane = 0; lane < BlockLanes.LANES; lane++) {
            if (active[lane] != 0) {
                final int position = positions[lane];
                for (int i = 0; i < Sm3Compression.BLOCK_WORDS; i++) {
                    words[i * BlockLanes.LANES + lane] = (int) BIG_ENDIAN.get(padded, position + i * Integer.BYTES);
                }
                positions[lane] = position + BLOCK_LENGTH;
            }
        }
    }

    private void write(final int lane, final byte[] target, final int offset) {
        final int digest = offset + messages[lane] * Sm3.LENGTH;
        for (int i = 0; i < Sm3Compression.STATE_WORDS; i++) {
            Sm3Compression.word(target, digest + i * Integer.BYTES, states[i * BlockLanes.LANES + lane]);
        }
    }

    /** Takes the blocks from {@code position} on into the scalar state and writes the digest. */
    private void digestRest(final int message, final int position, final byte[] target, final int digest) {
        for (int block = position; block < ends[message]; block += BLOCK_LENGTH) {
            Sm3Compression.compress(scalarState, scalarWords, padded, block);
        }
        for (int i = 0; i < Sm3Compression.STATE_WORDS; i++) {
            Sm3Compression.word(target, digest + i * Integer.BYTES, scalarState[i]);
        }
    }
}
