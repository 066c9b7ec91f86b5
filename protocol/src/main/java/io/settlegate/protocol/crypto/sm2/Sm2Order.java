package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;

/**
 * Numbers modulo n, the order of sm2p256v1 (GB/T 32918.5), as four 64-bit words, least first, always below n unless said
 * otherwise. Stateless; no branch and no index depends on a value.
 */
public final class Sm2Order {
    public static final int WORDS = 4;
    public static final int BYTES = 32;

    static final BigInteger N = new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);

    private static final long[] N_WORDS = words(N);
    private static final BigInteger N_MINUS_TWO = N.subtract(BigInteger.TWO);
    private static final long[] P_WORDS = words(Sm2Field.P);

    /** A product takes n in words of 32 bits, and -1/n modulo 2^32. */
    private static final int HALF_WORDS = 8;

    private static final long HALF_MASK = 0xFFFF_FFFFL;
    private static final long N_INVERSE =
            N.negate().modInverse(BigInteger.ONE.shiftLeft(32)).longValue();
    private static final long[] R_SQUARED = words(BigInteger.ONE.shiftLeft(512).mod(N));

    private Sm2Order() {}

    /** Reads 32 bytes, big-endian; the number may be n or above. */
    public static void get(final long[] out, final byte[] bytes, final int offset) {
        for (int i = 0; i < WORDS; i++) {
            long word = 0;
            for (int j = 0; j < Long.BYTES; j++) {
                word = (word << Byte.SIZE) | (bytes[offset + (WORDS - 1 - i) * Long.BYTES + j] & 0xff);
            }
            out[i] = word;
        }
    }

    /** Writes 32 bytes, big-endian. One by one, for the reason that {@code Sm3Compression} gives. */
    public static void put(final byte[] bytes, final int offset, final long[] a) {
        for (int i = 0; i < WORDS; i++) {
            long word = a[i];
            for (int j = Long.BYTES - 1; j >= 0; j--) {
                bytes[offset + (WORDS - 1 - i) * Long.BYTES + j] = (byte) word;
                word >>>= Byte.SIZE;
            }
        }
    }

    public static boolean isZero(final long[] a) {
        return (a[0] | a[1] | a[2] | a[3]) == 0;
    }

    /** For any number of 256 bits. */
    public static boolean isBelowN(final long[] a) {
        return borrowOfSub(a, N_WORDS) != 0;
    }

    /** out = a modulo n for any number of 256 bits: n is above 2^255, so one subtraction does. */
    public static void reduce(final long[] out, final long[] a) {
        subtractNUnless(out, a, borrowOfSub(a, N_WORDS));
    }

    public static void add(final long[] out, final long[] a, final long[] b) {
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            final long sum = a[i] + b[i];
            final long carryOfSum = carryOut(a[i], b[i], sum);
            out[i] = sum + carry;
            carry = carryOfSum | carryOut(sum, carry, out[i]);
        }
        subtractNUnless(out, out, borrowOfSub(out, N_WORDS) & ~carry);
    }

    public static void sub(final long[] out, final long[] a, final long[] b) {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            final long difference = a[i] - b[i];
            final long borrowOfDifference = borrowOut(a[i], b[i], difference);
            out[i] = difference - borrow;
            borrow = borrowOfDifference | borrowOut(difference, borrow, out[i]);
        }
        addNIf(out, borrow);
    }

    /** out = a / 2: an odd a takes n, which is odd, first. */
    public static void half(final long[] out, final long[] a) {
        final long odd = -(a[0] & 1);
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            final long n = N_WORDS[i] & odd;
            final long sum = a[i] + n;
            final long carryOfSum = carryOut(a[i], n, sum);
            out[i] = sum + carry;
            carry = carryOfSum | carryOut(sum, carry, out[i]);
        }
        for (int i = 0; i < WORDS - 1; i++) {
            out[i] = (out[i] >>> 1) | (out[i + 1] << 63);
        }
        out[WORDS - 1] = (out[WORDS - 1] >>> 1) | (carry << 63);
    }

    /** out = a + n as a number of 256 bits; false if it is p or above. For the second candidate of an x coordinate. */
    static boolean plusNIsBelowP(final long[] out, final long[] a) {
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            final long sum = a[i] + N_WORDS[i];
            final long carryOfSum = carryOut(a[i], N_WORDS[i], sum);
            out[i] = sum + carry;
            carry = carryOfSum | carryOut(sum, carry, out[i]);
        }
        return carry == 0 && borrowOfSub(out, P_WORDS) != 0;
    }

    /** out = a b modulo n, by two Montgomery products. Allocates; signing only. */
    public static void mul(final long[] out, final long[] a, final long[] b) {
        final long[] t = new long[WORDS];
        montgomery(t, a, b);
        montgomery(out, t, R_SQUARED);
    }

    /** out = 1 / a modulo n, and 0 for 0: a^(n - 2), the same steps for every a. Allocates; once per signer. */
    public static void invert(final long[] out, final long[] a) {
        final long[] result = {1, 0, 0, 0};
        for (int bit = N.bitLength() - 1; bit >= 0; bit--) {
            mul(result, result, result);
            if (N_MINUS_TWO.testBit(bit)) {
                mul(result, result, a);
            }
        }
        System.arraycopy(result, 0, out, 0, WORDS);
    }

    /** out = a b / 2^256 modulo n, word by word of 32 bits (Koc, Acar, Kaliski 1996: CIOS). */
    private static void montgomery(final long[] out, final long[] a, final long[] b) {
        final long[] t = new long[HALF_WORDS + 2];
        for (int i = 0; i < HALF_WORDS; i++) {
            addProduct(t, half(a, i), b);
            final long q = (t[0] * N_INVERSE) & HALF_MASK;
            addProduct(t, q, N_WORDS);
            System.arraycopy(t, 1, t, 0, HALF_WORDS + 1);
            t[HALF_WORDS + 1] = 0;
        }
        // t is below 2 n and may have a 257th bit
        for (int i = 0; i < WORDS; i++) {
            out[i] = t[2 * i] | (t[2 * i + 1] << 32);
        }
        subtractNUnless(out, out, borrowOfSub(out, N_WORDS) & ~t[HALF_WORDS]);
    }

    /** t += factor * b; factor below 2^32, so that each step stays below 2^64. */
    private static void addProduct(final long[] t, final long factor, final long[] b) {
        long carry = 0;
        for (int j = 0; j < HALF_WORDS; j++) {
            final long sum = factor * half(b, j) + t[j] + carry;
            t[j] = sum & HALF_MASK;
            carry = sum >>> 32;
        }
        final long top = t[HALF_WORDS] + carry;
        t[HALF_WORDS] = top & HALF_MASK;
        t[HALF_WORDS + 1] += top >>> 32;
    }

    private static long half(final long[] words, final int index) {
        return (words[index >> 1] >>> ((index & 1) << 5)) & HALF_MASK;
    }

    private static long borrowOfSub(final long[] a, final long[] b) {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            final long difference = a[i] - b[i];
            final long borrowOfDifference = borrowOut(a[i], b[i], difference);
            borrow = borrowOfDifference | borrowOut(difference, borrow, difference - borrow);
        }
        return borrow;
    }

    /** out = a - n if {@code keep} is 0, a if it is 1; a carry above 256 bits falls away as it should. */
    private static void subtractNUnless(final long[] out, final long[] a, final long keep) {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            final long n = N_WORDS[i] & (keep - 1);
            final long difference = a[i] - n;
            final long borrowOfDifference = borrowOut(a[i], n, difference);
            final long result = difference - borrow;
            borrow = borrowOfDifference | borrowOut(difference, borrow, result);
            out[i] = result;
        }
    }

    private static void addNIf(final long[] out, final long wanted) {
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            final long n = N_WORDS[i] & -wanted;
            final long sum = out[i] + n;
            final long carryOfSum = carryOut(out[i], n, sum);
            out[i] = sum + carry;
            carry = carryOfSum | carryOut(sum, carry, out[i]);
        }
    }

    private static long carryOut(final long a, final long b, final long sum) {
        return ((a & b) | ((a | b) & ~sum)) >>> 63;
    }

    private static long borrowOut(final long a, final long b, final long difference) {
        return ((~a & b) | (~(a ^ b) & difference)) >>> 63;
    }

    static long[] words(final BigInteger value) {
        final long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = value.shiftRight(i * Long.SIZE).longValue();
        }
        return words;
    }
}
