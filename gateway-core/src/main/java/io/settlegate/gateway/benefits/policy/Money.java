package io.settlegate.gateway.benefits.policy;

/** Bounds of amounts in fen. Within them no product or sum of the computation leaves a long. */
public final class Money {
    /** Where a cap, an edge, or a quota is not set. */
    public static final long UNLIMITED_FEN = Long.MAX_VALUE;

    /** The largest amount that a policy names: 10 million yuan. */
    public static final long MAX_POLICY_FEN = 1_000_000_000L;

    /** The largest amount of one bill: 10 million yuan. Times a ratio in E8 it is 10^17. */
    public static final long MAX_BILL_FEN = 1_000_000_000L;

    /** The largest accumulator or balance: 10 billion yuan. */
    public static final long MAX_ACCUMULATED_FEN = 1_000_000_000_000L;

    private Money() {}
}
