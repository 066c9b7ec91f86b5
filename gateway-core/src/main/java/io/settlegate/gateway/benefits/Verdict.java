package io.settlegate.gateway.benefits;

/** Whether a claim or a line could be computed, and if not, why. The first that applies, in this order, is given. */
public enum Verdict {
    OK,
    /** An amount, price, or count is negative, zero where it must not be, or above its limit. */
    AMOUNT_OUT_OF_RANGE,
    /** A line's amount is not its price times its count. */
    LINE_AMOUNT_WRONG,
    /** The total is not the sum of its four parts, or the part of essential drugs exceeds the in-policy amount. */
    SUM_WRONG,
    /** An age, a stay's number, or an accumulator is out of its range. */
    FACTS_OUT_OF_RANGE,
    /** The policy has no plan for this insurance, person, and kind of visit. */
    NO_PLAN,
    /** The plan asks for a qualification for the disease, and the person has none. */
    NOT_QUALIFIED
}
