package io.settlegate.gateway.settlement;

/**
 * The versions of the rules by which engines compute. Each record of a journal names the version under which its outcome and its state hash
 * were computed, and the engine computes it again under the same ({@link SettlementEngine#rules(int)}). What changes the outcome
 * or the state hash of a message that there was before is done only from a newer version on.
 *
 * <pre>
 * 2  settlements under policies
 * 3  a reversal undoes cancels and admissions too; tables for it, and those that count in the state hash from here on
 * </pre>
 */
public final class EngineRules {
    /** The first that this build knows. */
    public static final int OLDEST = 2;

    /** Reversals of cancels and admissions. */
    static final int REVERSED_CANCELS = 3;

    /** Those under which new records are written. */
    public static final int NEWEST = REVERSED_CANCELS;

    private EngineRules() {}

    /** Whether this build computes under this version. */
    public static boolean isKnown(final int version) {
        return version >= OLDEST && version <= NEWEST;
    }
}
