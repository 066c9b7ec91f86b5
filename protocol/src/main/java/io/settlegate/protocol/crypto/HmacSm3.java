package io.settlegate.protocol.crypto;

import java.util.Arrays;

/** HMAC (RFC 2104) over SM3, for keys of one digest's length. One thread. */
final class HmacSm3 {
    private static final int BLOCK_LENGTH = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final Sm3 sm3 = new Sm3();
    private final byte[] inner = new byte[BLOCK_LENGTH];
    private final byte[] outer = new byte[BLOCK_LENGTH];
    private final byte[] digest = new byte[Sm3.LENGTH];

    /** Begins a message under the first {@value Sm3#LENGTH} bytes of {@code key}. */
    HmacSm3 begin(final byte[] key) {
        Arrays.fill(inner, INNER);
        Arrays.fill(outer, OUTER);
        for (int i = 0; i < Sm3.LENGTH; i++) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
        sm3.update(inner, 0, BLOCK_LENGTH);
        return this;
    }

    HmacSm3 update(final byte value) {
        sm3.update(value);
        return this;
    }

    HmacSm3 update(final byte[] bytes) {
        sm3.update(bytes, 0, bytes.length);
        return this;
    }

    /** Writes the code of the message into {@code target}, which may be the key or a part of the message. */
    void end(final byte[] target) {
        sm3.digest(digest, 0);
        sm3.update(outer, 0, BLOCK_LENGTH).update(digest, 0, digest.length).digest(target, 0);
    }
}
