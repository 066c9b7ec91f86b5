package io.settlegate.gateway.settlement;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A keyed 128-bit hash in two lanes of 64: each word is folded in by the two halves of a 128-bit product. It finds
 * divergence and spreads table slots; it is no proof against someone who knows the key.
 *
 * <p>Owned by the engine's thread: the lanes of the last call stand in two fields. Allocates nothing.
 */
final class KeyedHash {
    private static final long SEED_HIGH = 0x9E3779B97F4A7C15L;
    private static final long SEED_LOW = 0xC2B2AE3D27D4EB4FL;
    private static final long MULTIPLIER_HIGH = 0xD6E8FEB86659FD93L;
    private static final long MULTIPLIER_LOW = 0xA0761D6478BD642FL;

    private final long keyHigh;
    private final long keyLow;
    private long high;
    private long low;

    KeyedHash(final long keyHigh, final long keyLow) {
        this.keyHigh = keyHigh ^ SEED_HIGH;
        this.keyLow = keyLow ^ SEED_LOW;
    }

    KeyedHash begin(final long domain) {
        high = keyHigh;
        low = keyLow;
        return word(domain);
    }

    KeyedHash word(final long word) {
        high = fold(high ^ word, MULTIPLIER_HIGH ^ keyLow);
        low = fold(low + word, MULTIPLIER_LOW ^ keyHigh) ^ Long.rotateLeft(word, 23);
        return this;
    }

    KeyedHash bytes(final DirectBuffer source, final int offset, final int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            word(source.getLong(offset + i, ByteOrder.LITTLE_ENDIAN));
        }
        long tail = 0;
        for (int shift = 0; i < length; i++, shift += Byte.SIZE) {
            tail |= (source.getByte(offset + i) & 0xFFL) << shift;
        }
        return word(tail).word(length);
    }

    long high() {
        return fold(high ^ SEED_LOW, MULTIPLIER_LOW) ^ low;
    }

    long low() {
        return fold(low ^ SEED_HIGH, MULTIPLIER_HIGH) ^ Long.rotateLeft(high, 32);
    }

    private static long fold(final long a, final long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }
}
