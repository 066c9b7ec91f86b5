package io.settlegate.protocol.crypto;

import org.agrona.DirectBuffer;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * SM3 (GB/T 32905), a running digest over heap or direct memory.
 *
 * <p>Not safe for two threads; holds no secret; never blocks; throws only on ranges outside the given memory.
 */
public final class Sm3 {
    /** Bytes of a digest. */
    public static final int LENGTH = 32;

    private static final int COPY_LENGTH = 4096;

    private final SM3Digest digest = new SM3Digest();
    private byte[] copy;

    /** The digest of {@code bytes}. Allocates; for tools and tests. */
    public static byte[] hash(final byte[] bytes) {
        final byte[] result = new byte[LENGTH];
        new Sm3().update(bytes, 0, bytes.length).digest(result, 0);
        return result;
    }

    public Sm3 update(final byte value) {
        digest.update(value);
        return this;
    }

    public Sm3 update(final byte[] bytes, final int offset, final int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    public Sm3 update(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        if (buffer.byteArray() != null) {
            digest.update(buffer.byteArray(), buffer.wrapAdjustment() + offset, length);
            return this;
        }
        if (copy == null) {
            copy = new byte[COPY_LENGTH];
        }
        for (int done = 0; done < length; ) {
            final int chunk = Math.min(COPY_LENGTH, length - done);
            buffer.getBytes(offset + done, copy, 0, chunk);
            digest.update(copy, 0, chunk);
            done += chunk;
        }
        return this;
    }

    /** {@code value} as eight bytes, little-endian. */
    public Sm3 updateLong(final long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            digest.update((byte) (value >>> shift));
        }
        return this;
    }

    /** Writes the digest of all updates since the last call and starts anew. */
    public void digest(final byte[] target, final int offset) {
        digest.doFinal(target, offset);
    }
}
