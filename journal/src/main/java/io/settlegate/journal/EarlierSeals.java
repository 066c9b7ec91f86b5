package io.settlegate.journal;

/**
 * Hashes of the journal's first seals, kept apart because the segments in which they stand have been moved away. Proofs need
 * the hash of every seal from the first on and nothing else of them.
 *
 * <p>One thread at a time; may block on the disk. What it says is checked: the next seal in the journal names the last hash,
 * and tree heads are signed over all of them.
 */
public interface EarlierSeals {
    /** A journal all of whose segments are there. */
    EarlierSeals NONE = new EarlierSeals() {
        @Override
        public long count() {
            return 0;
        }

        @Override
        public void copyHash(final long number, final byte[] target, final int offset) {
            throw new IndexOutOfBoundsException("no earlier seal is kept; asked for " + number);
        }
    };

    /** Seals 0 to {@code count - 1} are known here. May go into the journal's first segment that is there. */
    long count();

    /** Copies the 32 bytes of a seal's hash; asked for in ascending order. */
    void copyHash(long number, byte[] target, int offset);
}
