package io.settlegate.protocol.crypto.sm2;

/**
 * Decides {@link Equation}s one after the other in scalar code. One thread; allocates nothing after construction.
 */
public final class ScalarArithmetic {
    private final CombMultiplier combs = new CombMultiplier();
    private final UnpreparedMultiplier unprepared = new UnpreparedMultiplier();
    private final XyzzPoint sum = new XyzzPoint();
    private final JacobianPoint unpreparedSum = new JacobianPoint();

    /** With the key's table as {@link KeyTableBuilder} makes it, from {@code tableOffset} on. */
    public Verdict decide(final Equation equation, final long[] keyTable, final int tableOffset) {
        equation.cut();
        combs.multiply(
                sum,
                Equation.KEY_SHAPE,
                equation.keyDigits,
                keyTable,
                tableOffset,
                GeneratorTable.SHAPE,
                equation.generatorDigits,
                GeneratorTable.WORDS,
                0);
        return equation.conclude(sum.x, sum.zz);
    }

    /** For a key without table, given as 64 bytes x, y, big-endian. */
    public Verdict decide(final Equation equation, final byte[] key, final int offset) {
        equation.cutGeneratorScalar();
        unprepared.multiply(unpreparedSum, equation, key, offset);
        return equation.conclude(unpreparedSum.x, unpreparedSum.zz);
    }
}
