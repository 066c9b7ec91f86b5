package io.settlegate.protocol.crypto.sm2;

/**
 * Decides eight {@link Equation}s at once, each with its own key. One thread.
 *
 * <p>Every lane has an equation, with digits cut, and a table; what stands in a lane that nobody asked about has no effect on
 * the others.
 */
public interface EquationLanes {
    int LANES = 8;

    /** True if this machine's vectors have as many lanes, so that one instruction serves them all. */
    boolean isNative();

    /**
     * @param keyTables table of lane i from i * {@link Equation#KEY_TABLE_WORDS} on.
     * @param verdicts takes {@value #LANES} verdicts.
     */
    void decide(Equation[] equations, long[] keyTables, Verdict[] verdicts);

    /**
     * The same for keys without comb table; the equations are cut for windows.
     *
     * @param windows table of lane i from i * {@link WindowTables#TABLE_WORDS} on.
     */
    void decideByWindows(Equation[] equations, long[] windows, Verdict[] verdicts);
}
