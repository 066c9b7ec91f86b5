package io.settlegate.journal.store;

/**
 * One file of a segment, read as bytes.
 *
 * <p>One thread at a time. Blocks on the disk; throws {@link StoreException} if the disk does.
 */
public interface RawFile extends AutoCloseable {
    String name();

    /** Bytes now; a file that is written grows. */
    long length();

    /** Reads up to {@code length} bytes from {@code position} and answers how many there were, 0 at the end. */
    int read(long position, byte[] target, int offset, int length);

    @Override
    void close();
}
