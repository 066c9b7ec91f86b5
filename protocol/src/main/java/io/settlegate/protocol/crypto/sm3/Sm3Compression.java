package io.settlegate.protocol.crypto.sm3;

/**
 * The compression of SM3 (GB/T 32905, section 5.3): one block of 64 bytes into a state of eight words.
 *
 * <p>A round of the standard ends in moving each of its eight variables on by one. Here the four rounds of a pass instead change
 * the roles of the variables, so that only two are computed and two rotated a round; after four the roles are the first ones
 * again. Names are the standard's: A to H, SS1, and {@code r} for A rotated by 12, which SS1 and SS2 share.
 *
 * <p>Bytes are read and written one by one. A view of the array as ints would be shorter, but the optimizing compiler of JDK 17 lost
 * ints written so into an array that was new and copied soon after, while ints read so were right: digests came out wrong once
 * compiled, see {@code CompiledDigestTest}.
 *
 * <p>Stateless; the caller gives the memory. Methods are short enough for the compilers (some 650 bytecodes). Throws only on
 * ranges outside the arrays.
 */
public final class Sm3Compression {
    /** Words of a state. */
    public static final int STATE_WORDS = 8;

    /** Bytes of a block. */
    public static final int BLOCK_LENGTH = 64;

    /** Words of a block. */
    public static final int BLOCK_WORDS = 16;

    /** Words of an expanded block. */
    public static final int EXPANDED_WORDS = 68;

    /** The first of the rounds that use majority and choice in place of parity. */
    public static final int LATE_ROUNDS = 16;

    /** Rounds of a block. */
    public static final int ROUNDS = 64;

    private static final int[] INITIAL_STATE = {
        0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e
    };
    private static final int EARLY_CONSTANT = 0x79cc4519;
    private static final int LATE_CONSTANT = 0x7a879d8a;
    private static final int[] ROUND_CONSTANTS = roundConstants();

    private Sm3Compression() {}

    /** T of each round, rotated by the round's number; a new array. */
    public static int[] roundConstants() {
        final int[] constants = new int[ROUNDS];
        for (int j = 0; j < ROUNDS; j++) {
            constants[j] = Integer.rotateLeft(j < LATE_ROUNDS ? EARLY_CONSTANT : LATE_CONSTANT, j);
        }
        return constants;
    }

    /** Word i of the state before the first block. */
    public static int initialWord(final int i) {
        return INITIAL_STATE[i];
    }

    /** Sets the state before the first block. */
    public static void begin(final int[] state) {
        System.arraycopy(INITIAL_STATE, 0, state, 0, STATE_WORDS);
    }

    /** A word as it stands in a block or a digest. */
    public static int word(final byte[] source, final int offset) {
        return ((source[offset] & 0xff) << 24)
                | ((source[offset + 1] & 0xff) << 16)
                | ((source[offset + 2] & 0xff) << 8)
                | (source[offset + 3] & 0xff);
    }

    /** Writes a word as it stands in a block or a digest. */
    public static void word(final byte[] target, final int offset, final int value) {
        target[offset] = (byte) (value >>> 24);
        target[offset + 1] = (byte) (value >>> 16);
        target[offset + 2] = (byte) (value >>> 8);
        target[offset + 3] = (byte) value;
    }

    /**
     * Takes one block into the state.
     *
     * @param words room for {@value #EXPANDED_WORDS} words.
     */
    public static void compress(final int[] state, final int[] words, final byte[] source, final int offset) {
        for (int j = 0; j < BLOCK_WORDS; j++) {
            words[j] = word(source, offset + j * Integer.BYTES);
        }
        expand(words);
        rounds(state, words);
    }

    /** Written out: word j needs word j - 3, a shape of loop that is better not left to automatic vectorization. */
    private static void expand(final int[] w) {
        expandFour(w, 16);
        expandFour(w, 20);
        expandFour(w, 24);
        expandFour(w, 28);
        expandFour(w, 32);
        expandFour(w, 36);
        expandFour(w, 40);
        expandFour(w, 44);
        expandFour(w, 48);
        expandFour(w, 52);
        expandFour(w, 56);
        expandFour(w, 60);
        expandFour(w, 64);
    }

    private static void expandFour(final int[] w, final int j) {
        w[j] = expanded(w[j - 16], w[j - 13], w[j - 9], w[j - 6], w[j - 3]);
        w[j + 1] = expanded(w[j - 15], w[j - 12], w[j - 8], w[j - 5], w[j - 2]);
        w[j + 2] = expanded(w[j - 14], w[j - 11], w[j - 7], w[j - 4], w[j - 1]);
        w[j + 3] = expanded(w[j - 13], w[j - 10], w[j - 6], w[j - 3], w[j]);
    }

    private static int expanded(final int w16, final int w13, final int w9, final int w6, final int w3) {
        final int x = w16 ^ w9 ^ Integer.rotateLeft(w3, 15);
        return x ^ Integer.rotateLeft(x, 15) ^ Integer.rotateLeft(x, 23) ^ Integer.rotateLeft(w13, 7) ^ w6;
    }

    private static void rounds(final int[] state, final int[] w) {
        final int[] t = ROUND_CONSTANTS;
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int j = 0; j < LATE_ROUNDS; j += 4) {
            int r = Integer.rotateLeft(a, 12);
            int ss1 = Integer.rotateLeft(r + t[j] + e, 7);
            d += (a ^ b ^ c) + (w[j] ^ w[j + 4]) + (ss1 ^ r);
            h = p0(h + (e ^ f ^ g) + w[j] + ss1);
            b = Integer.rotateLeft(b, 9);
            f = Integer.rotateLeft(f, 19);

            r = Integer.rotateLeft(d, 12);
            ss1 = Integer.rotateLeft(r + t[j + 1] + h, 7);
            c += (d ^ a ^ b) + (w[j + 1] ^ w[j + 5]) + (ss1 ^ r);
            g = p0(g + (h ^ e ^ f) + w[j + 1] + ss1);
            a = Integer.rotateLeft(a, 9);
            e = Integer.rotateLeft(e, 19);

            r = Integer.rotateLeft(c, 12);
            ss1 = Integer.rotateLeft(r + t[j + 2] + g, 7);
            b += (c ^ d ^ a) + (w[j + 2] ^ w[j + 6]) + (ss1 ^ r);
            f = p0(f + (g ^ h ^ e) + w[j + 2] + ss1);
            d = Integer.rotateLeft(d, 9);
            h = Integer.rotateLeft(h, 19);

            r = Integer.rotateLeft(b, 12);
            ss1 = Integer.rotateLeft(r + t[j + 3] + f, 7);
            a += (b ^ c ^ d) + (w[j + 3] ^ w[j + 7]) + (ss1 ^ r);
            e = p0(e + (f ^ g ^ h) + w[j + 3] + ss1);
            c = Integer.rotateLeft(c, 9);
            g = Integer.rotateLeft(g, 19);
        }
        for (int j = LATE_ROUNDS; j < ROUNDS; j += 4) {
            int r = Integer.rotateLeft(a, 12);
            int ss1 = Integer.rotateLeft(r + t[j] + e, 7);
            d += majority(a, b, c) + (w[j] ^ w[j + 4]) + (ss1 ^ r);
            h = p0(h + choice(e, f, g) + w[j] + ss1);
            b = Integer.rotateLeft(b, 9);
            f = Integer.rotateLeft(f, 19);

            r = Integer.rotateLeft(d, 12);
            ss1 = Integer.rotateLeft(r + t[j + 1] + h, 7);
            c += majority(d, a, b) + (w[j + 1] ^ w[j + 5]) + (ss1 ^ r);
            g = p0(g + choice(h, e, f) + w[j + 1] + ss1);
            a = Integer.rotateLeft(a, 9);
            e = Integer.rotateLeft(e, 19);

            r = Integer.rotateLeft(c, 12);
            ss1 = Integer.rotateLeft(r + t[j + 2] + g, 7);
            b += majority(c, d, a) + (w[j + 2] ^ w[j + 6]) + (ss1 ^ r);
            f = p0(f + choice(g, h, e) + w[j + 2] + ss1);
            d = Integer.rotateLeft(d, 9);
            h = Integer.rotateLeft(h, 19);

            r = Integer.rotateLeft(b, 12);
            ss1 = Integer.rotateLeft(r + t[j + 3] + f, 7);
            a += majority(b, c, d) + (w[j + 3] ^ w[j + 7]) + (ss1 ^ r);
            e = p0(e + choice(f, g, h) + w[j + 3] + ss1);
            c = Integer.rotateLeft(c, 9);
            g = Integer.rotateLeft(g, 19);
        }
        state[0] ^= a;
        state[1] ^= b;
        state[2] ^= c;
        state[3] ^= d;
        state[4] ^= e;
        state[5] ^= f;
        state[6] ^= g;
        state[7] ^= h;
    }

    private static int p0(final int x) {
        return x ^ Integer.rotateLeft(x, 9) ^ Integer.rotateLeft(x, 17);
    }

    private static int majority(final int x, final int y, final int z) {
        return (x & (y | z)) | (y & z);
    }

    private static int choice(final int x, final int y, final int z) {
        return z ^ (x & (y ^ z));
    }
}
