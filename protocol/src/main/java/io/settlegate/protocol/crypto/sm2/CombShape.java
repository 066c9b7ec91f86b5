package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;

/**
 * How a scalar is cut for a comb (Lim and Lee 1994; Hankerson, Menezes, Vanstone, Guide to Elliptic Curve Cryptography,
 * algorithms 3.44 and 3.45), with signed digits and none of them zero (Hedabou, Pinel, Beneteau 2005).
 *
 * <p>Every scalar k modulo n is written with L = teeth * tables * spacing digits +1 and -1: with m = (k + 2^L - 1) / 2 modulo n,
 * k = 2 m - (2^L - 1) = sum of (2 m_i - 1) 2^i, the m_i being m's bits. A comb takes one digit from each of {@code teeth} rows at
 * once; table u serves the columns u * spacing to (u + 1) * spacing - 1 of each row. So k P is made with spacing - 1
 * doublings and tables * spacing additions, always, and tables hold 2^(teeth - 1) points each: the highest digit's sign goes
 * to the point as a whole.
 *
 * <p>Immutable. {@link #digits} takes the same steps whatever the scalar is.
 *
 * @param teeth digits that one addition takes in.
 * @param tables tables that share the doublings.
 * @param spacing columns of a table, at most 64.
 */
public record CombShape(int teeth, int tables, int spacing) {
    /** Bits are taken in squares of so many rows and columns. */
    private static final int SQUARE = 8;

    public CombShape {
        if (spacing < 1 || spacing > Long.SIZE || teeth < 2 || tables < 1 || teeth * tables * spacing < 256) {
            throw new IllegalArgumentException("a comb of " + teeth + " teeth, " + tables + " tables, spacing "
                    + spacing + " does not hold a scalar");
        }
    }

    /** Digits of a scalar. */
    public int length() {
        return teeth * tables * spacing;
    }

    /** Points of one table. */
    public int tableSize() {
        return 1 << (teeth - 1);
    }

    int points() {
        return tables * tableSize();
    }

    /** Additions of a multiplication, and the length of {@link #digits}' result. */
    int additions() {
        return tables * spacing;
    }

    /** Position of the lowest digit of a row within a table's part. */
    int position(final int tooth, final int table) {
        return (tooth * tables + table) * spacing;
    }

    /** 2^L - 1 modulo n. */
    long[] recoding() {
        return Sm2Order.words(
                BigInteger.ONE.shiftLeft(length()).subtract(BigInteger.ONE).mod(Sm2Order.N));
    }

    /**
     * The digits of {@code scalar} in the order of use, column by column from the highest, table by table: twice the index
     * into the table, plus one if the point is to be negated.
     *
     * @param recoding as {@link #recoding} gives it.
     * @param scratch four words.
     */
    void digits(final int[] out, final long[] scalar, final long[] recoding, final long[] scratch) {
        Sm2Order.add(scratch, scalar, recoding);
        Sm2Order.half(scratch, scratch);
        java.util.Arrays.fill(out, 0, additions(), 0);
        for (int table = 0; table < tables; table++) {
            for (int column = 0; column < spacing; column += SQUARE) {
                for (int tooth = 0; tooth < teeth; tooth += SQUARE) {
                    cutSquare(out, scratch, table, column, tooth);
                }
            }
        }
        final int indexMask = tableSize() - 1;
        for (int i = 0; i < additions(); i++) {
            final int negative = 1 - (out[i] >>> (teeth - 1));
            out[i] = (((out[i] ^ -negative) & indexMask) << 1) | negative;
        }
    }

    /** Takes up to eight teeth of up to eight columns into the digits: rows of bits become columns. */
    private void cutSquare(
            final int[] out, final long[] words, final int table, final int firstColumn, final int firstTooth) {
        long rows = 0;
        for (int i = Math.min(SQUARE, teeth - firstTooth) - 1; i >= 0; i--) {
            rows = (rows << SQUARE) | (bits(words, position(firstTooth + i, table) + firstColumn) & 0xff);
        }
        long columns = transposed(rows);
        final int end = Math.min(firstColumn + SQUARE, spacing);
        for (int column = firstColumn; column < end; column++) {
            out[(spacing - 1 - column) * tables + table] |= (int) (columns & 0xff) << firstTooth;
            columns >>>= SQUARE;
        }
    }

    /** A square of eight times eight bits, bit j of byte i swapped with bit i of byte j (Warren, Hacker's Delight, section 7-3). */
    private static long transposed(final long square) {
        long x = square;
        long t = (x ^ (x >>> 7)) & 0x00AA_00AA_00AA_00AAL;
        x ^= t ^ (t << 7);
        t = (x ^ (x >>> 14)) & 0x0000_CCCC_0000_CCCCL;
        x ^= t ^ (t << 14);
        t = (x ^ (x >>> 28)) & 0x0000_0000_F0F0_F0F0L;
        return x ^ t ^ (t << 28);
    }

    /** 64 bits from {@code position} on; zeros beyond the number. */
    private static long bits(final long[] words, final int position) {
        final int word = position >> 6;
        final int shift = position & 63;
        final long low = word < Sm2Order.WORDS ? words[word] >>> shift : 0;
        final long high = word + 1 < Sm2Order.WORDS ? (words[word + 1] << 1) << (63 - shift) : 0;
        return low | high;
    }
}
