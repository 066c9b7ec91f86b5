package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;

/**
 * The numbers of one verification (GB/T 32918.2, section 7.1): with t = r + s, the point s G + t P must have an affine x with
 * e + x = r modulo n. So x is r - e, or r - e + n where that is below p.
 *
 * <p>One thread; taken anew for each signature, without allocation. Works for any bytes: numbers out of range are told by
 * {@link #take}, and the digits are then those of whatever was read, so that a lane has something to compute.
 */
public final class Equation {
    /** Comb of a key: two tables of 32 points, 4 KB; 44 additions and 21 doublings. */
    public static final CombShape KEY_SHAPE = new CombShape(6, 2, 22);

    private static final long[] KEY_RECODING = KEY_SHAPE.recoding();

    /** Words of a key's table. */
    public static final int KEY_TABLE_WORDS = KEY_SHAPE.points() * PackedPoints.POINT_WORDS;

    /** 2^260 - 1 modulo n. */
    private static final long[] WINDOW_RECODING = Sm2Order.words(BigInteger.ONE
            .shiftLeft(WindowTables.DIGITS * WindowTables.WINDOW_BITS)
            .subtract(BigInteger.ONE)
            .mod(Sm2Order.N));

    private static final long[] PLAIN_ONE = {1, 0, 0, 0, 0};

    final long[] s = new long[Sm2Order.WORDS];
    final long[] t = new long[Sm2Order.WORDS];
    final int[] generatorDigits = new int[GeneratorTable.SHAPE.additions()];
    final int[] keyDigits = new int[KEY_SHAPE.additions()];

    private final int[] windowDigits = new int[WindowTables.DIGITS];
    private final long[] r = new long[Sm2Order.WORDS];
    private final long[] e = new long[Sm2Order.WORDS];
    private final long[] scratch = new long[Sm2Order.WORDS];
    private final long[] candidate = Sm2Field.element();
    private final long[] secondCandidate = Sm2Field.element();
    private final long[] plainX = Sm2Field.element();
    private final long[] difference = Sm2Field.element();
    private boolean hasSecondCandidate;

    /**
     * Reads a signature r || s and a digest.
     *
     * @return false if r, s, or r + s is out of range: the signature is invalid whatever the point.
     */
    public boolean take(final byte[] signature, final int offset, final byte[] digest, final int digestOffset) {
        Sm2Order.get(r, signature, offset);
        Sm2Order.get(s, signature, offset + Sm2Order.BYTES);
        boolean isInRange = Sm2Order.isBelowN(r) && Sm2Order.isBelowN(s) && !Sm2Order.isZero(r) && !Sm2Order.isZero(s);
        Sm2Order.reduce(r, r);
        Sm2Order.reduce(s, s);
        Sm2Order.add(t, r, s);
        isInRange &= !Sm2Order.isZero(t);
        Sm2Order.get(e, digest, digestOffset);
        Sm2Order.reduce(e, e);
        Sm2Order.sub(e, r, e);
        Sm2Field.fromWords(candidate, e);
        hasSecondCandidate = Sm2Order.plusNIsBelowP(scratch, e);
        Sm2Field.fromWords(secondCandidate, scratch);
        return isInRange;
    }

    /** Cuts both scalars for combs. */
    public void cut() {
        cutGeneratorScalar();
        cutKeyScalar();
    }

    /** Cuts s for the generator's comb, and t for the windows of a key without table. */
    public void cutForWindows() {
        cutGeneratorScalar();
        Sm2Order.add(scratch, t, WINDOW_RECODING);
        Sm2Order.half(scratch, scratch);
        WindowTables.digits(windowDigits, scratch);
    }

    /** Cuts s for the generator's comb. */
    void cutGeneratorScalar() {
        GeneratorTable.SHAPE.digits(generatorDigits, s, GeneratorTable.RECODING, scratch);
    }

    /** Cuts t for the comb of a key. */
    private void cutKeyScalar() {
        KEY_SHAPE.digits(keyDigits, t, KEY_RECODING, scratch);
    }

    /** Digits in the order of use, see {@link CombShape#digits}. */
    public int generatorDigit(final int position) {
        return generatorDigits[position];
    }

    public int keyDigit(final int position) {
        return keyDigits[position];
    }

    public int windowDigit(final int position) {
        return windowDigits[position];
    }

    /**
     * Compares the x coordinate X / ZZ of s G + t P, in Montgomery form, with what r asks for: X = candidate * ZZ. Both sides lose R
     * by one product with a plain factor, so the candidates need no conversion. ZZ = 0 tells an exceptional addition, or
     * infinity.
     */
    public Verdict conclude(final long[] x, final long[] zz) {
        Sm2Field.copy(difference, zz);
        if (Sm2Field.isZero(difference)) {
            return Verdict.UNDECIDED;
        }
        Sm2Field.mul(plainX, PLAIN_ONE, x);
        return isPlainX(candidate, zz) || (hasSecondCandidate && isPlainX(secondCandidate, zz))
                ? Verdict.VALID
                : Verdict.INVALID;
    }

    private boolean isPlainX(final long[] expected, final long[] zz) {
        Sm2Field.mul(difference, expected, zz);
        Sm2Field.sub(difference, difference, plainX);
        return Sm2Field.isZero(difference);
    }
}
