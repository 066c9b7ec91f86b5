package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;

/**
 * A keyed 128-bit hash. It finds divergence and spreads the slots of indexes; it is no proof against someone who knows the key.
 *
 * <pre>
 * bytes, in blocks of {@value #BLOCK_LENGTH}:  words w0 w1 w2 ..., the last one filled up with zeros
 *   product of a pair   p = (w[2i] + k[2i]) * (w[2i+1] + k[2i+1])            signed, 128 bits
 *   of a block          (sum of the p's lower halves, sum of their upper halves), each modulo 2^64
 * chain:                domain, length, then each block's two sums, folded in one after another
 *   fold(a, b)          lower half of a * b, exclusive or its upper half
 * </pre>
 *
 * <p>The block is NH of Black, Halevi, Krawczyk, Krovetz, Rogaway, "UMAC: Fast and Secure Message Authentication" (CRYPTO 1999):
 * under random word keys two blocks that differ meet with a probability of 2^-64; here a few times that, because the halves are
 * added without a carry between them. Products do not wait for each other, which is why it is fast. The chain is not linear, so
 * that a sum of such hashes over rows notices words that changed places between rows.
 *
 * <p>Owned by the engine's thread: chain and sums stand in fields. Allocates nothing. Ranges are checked once for each call.
 */
final class KeyedHash {
    private static final int BLOCK_WORDS = 32;
    private static final int BLOCK_LENGTH = BLOCK_WORDS * Long.BYTES;
    private static final int PAIR_LENGTH = 2 * Long.BYTES;
    private static final long SEED_HIGH = 0x9E3779B97F4A7C15L;
    private static final long SEED_LOW = 0xC2B2AE3D27D4EB4FL;
    private static final long MULTIPLIER_HIGH = 0xD6E8FEB86659FD93L;
    private static final long MULTIPLIER_LOW = 0xA0761D6478BD642FL;

    private final long keyHigh;
    private final long keyLow;
    private final long[] wordKeys = new long[BLOCK_WORDS];
    private long high;
    private long low;
    private long sumLower;
    private long sumUpper;

    KeyedHash(final long keyHigh, final long keyLow) {
        this.keyHigh = keyHigh ^ SEED_HIGH;
        this.keyLow = keyLow ^ SEED_LOW;
        for (int i = 0; i < BLOCK_WORDS; i++) {
            wordKeys[i] = begin(i).high();
        }
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
        source.boundsCheck(offset, length);
        return bytes(source.byteArray(), source.addressOffset() + offset, length);
    }

    /** The bytes at a place as {@link Words} names it; the caller vouches for the range. */
    KeyedHash bytes(final byte[] base, final long at, final int length) {
        word(length);
        int done = 0;
        for (; length - done > BLOCK_LENGTH; done += BLOCK_LENGTH) {
            block(base, at + done, BLOCK_LENGTH);
        }
        return block(base, at + done, length - done);
    }

    /** For the slots of an index: 64 bits, cheaper than {@link #bytes}, and the chain stays as it was. At most one block. */
    long ofKey(final byte[] base, final long at, final int length) {
        sum(base, at, length);
        return fold(sumLower ^ keyLow, sumUpper ^ keyHigh);
    }

    /** The same as {@link #ofKey} of a key of nine to sixteen bytes whose two words are known, the second one filled up with zeros. */
    long ofKey(final long first, final long second) {
        final long a = first + wordKeys[0];
        final long b = second + wordKeys[1];
        return fold((a * b) ^ keyLow, Math.multiplyHigh(a, b) ^ keyHigh);
    }

    long high() {
        return fold(high ^ SEED_LOW, MULTIPLIER_LOW) ^ low;
    }

    long low() {
        return fold(low ^ SEED_HIGH, MULTIPLIER_HIGH) ^ Long.rotateLeft(high, 32);
    }

    private KeyedHash block(final byte[] base, final long at, final int length) {
        sum(base, at, length);
        return word(sumLower).word(sumUpper);
    }

    private void sum(final byte[] base, final long at, final int length) {
        final long[] keys = wordKeys;
        final int whole = length / PAIR_LENGTH;
        long lower = 0;
        long upper = 0;
        for (int pair = 0; pair < whole; pair++) {
            final long place = at + (long) pair * PAIR_LENGTH;
            final long a = Words.get(base, place) + keys[2 * pair];
            final long b = Words.get(base, place + Long.BYTES) + keys[2 * pair + 1];
            lower += a * b;
            upper += Math.multiplyHigh(a, b);
        }
        final int rest = length % PAIR_LENGTH;
        if (rest > 0) {
            final long place = at + (long) whole * PAIR_LENGTH;
            final long last = length < Long.BYTES
                    ? Words.partial(base, place, length)
                    : Words.get(base, at + length - Long.BYTES) >>> (-rest * Byte.SIZE);
            final boolean isOne = rest <= Long.BYTES;
            final long a = (isOne ? last : Words.get(base, place)) + keys[2 * whole];
            final long b = (isOne ? 0 : last) + keys[2 * whole + 1];
            lower += a * b;
            upper += Math.multiplyHigh(a, b);
        }
        sumLower = lower;
        sumUpper = upper;
    }

    private static long fold(final long a, final long b) {
        return (a * b) ^ Math.multiplyHigh(a, b);
    }
}
