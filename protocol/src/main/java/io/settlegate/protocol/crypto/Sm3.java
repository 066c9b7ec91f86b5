package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm3.Sm3Compression;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * SM3 (GB/T 32905), a running digest over heap or direct memory.
 *
 * <p>Not safe for two threads; keeps remains of the last block until the next ones overwrite them; allocates nothing after
 * construction; never blocks; throws only on ranges outside the given memory.
 */
public final class Sm3 {
    /** Bytes of a digest. */
    public static final int LENGTH = 32;

    static final byte PADDING = (byte) 0x80;

    private static final int BLOCK_LENGTH = Sm3Compression.BLOCK_LENGTH;

    /** Of the last block: before it the padding, from it on the message's length in bits. */
    private static final int LENGTH_OFFSET = BLOCK_LENGTH - Long.BYTES;

    private final int[] state = new int[Sm3Compression.STATE_WORDS];
    private final int[] words = new int[Sm3Compression.EXPANDED_WORDS];
    private final byte[] block = new byte[BLOCK_LENGTH];
    private int filled;
    private long messageLength;

    public Sm3() {
        Sm3Compression.begin(state);
    }

    /** The digest of {@code bytes}. Allocates; for tools and tests. */
    public static byte[] hash(final byte[] bytes) {
        final byte[] result = new byte[LENGTH];
        new Sm3().update(bytes, 0, bytes.length).digest(result, 0);
        return result;
    }

    public Sm3 update(final byte value) {
        block[filled] = value;
        messageLength++;
        advance(1);
        return this;
    }

    public Sm3 update(final byte[] bytes, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        messageLength += length;
        final int end = offset + length;
        int position = offset;
        if (filled > 0) {
            final int head = Math.min(BLOCK_LENGTH - filled, length);
            System.arraycopy(bytes, offset, block, filled, head);
            advance(head);
            position += head;
        }
        while (end - position >= BLOCK_LENGTH) {
            Sm3Compression.compress(state, words, bytes, position);
            position += BLOCK_LENGTH;
        }
        if (position < end) {
            System.arraycopy(bytes, position, block, filled, end - position);
            filled += end - position;
        }
        return this;
    }

    public Sm3 update(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        if (buffer.byteArray() != null) {
            return update(buffer.byteArray(), buffer.wrapAdjustment() + offset, length);
        }
        messageLength += length;
        for (int done = 0; done < length; ) {
            final int chunk = Math.min(BLOCK_LENGTH - filled, length - done);
            buffer.getBytes(offset + done, block, filled, chunk);
            advance(chunk);
            done += chunk;
        }
        return this;
    }

    /** {@code value} as eight bytes, little-endian. */
    public Sm3 updateLong(final long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            update((byte) (value >>> shift));
        }
        return this;
    }

    private void advance(final int length) {
        filled += length;
        if (filled == BLOCK_LENGTH) {
            Sm3Compression.compress(state, words, block, 0);
            filled = 0;
        }
    }

    /** Writes the digest of all updates since the last call and starts anew. */
    public void digest(final byte[] target, final int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, target.length);
        block[filled] = PADDING;
        Arrays.fill(block, filled + 1, BLOCK_LENGTH, (byte) 0);
        if (filled >= LENGTH_OFFSET) {
            Sm3Compression.compress(state, words, block, 0);
            Arrays.fill(block, 0, LENGTH_OFFSET, (byte) 0);
        }
        final long bits = messageLength * Byte.SIZE;
        Sm3Compression.word(block, LENGTH_OFFSET, (int) (bits >>> Integer.SIZE));
        Sm3Compression.word(block, LENGTH_OFFSET + Integer.BYTES, (int) bits);
        Sm3Compression.compress(state, words, block, 0);
        for (int i = 0; i < Sm3Compression.STATE_WORDS; i++) {
            Sm3Compression.word(target, offset + i * Integer.BYTES, state[i]);
        }
        Sm3Compression.begin(state);
        filled = 0;
        messageLength = 0;
    }
}
