package io.settlegate.gateway.benefits.policy;

/** Ratios are whole numbers of 1/10,000 (E4); a ratio times a factor is in 1/100,000,000 (E8) and exact. */
public final class Ratio {
    public static final int ONE_E4 = 10_000;
    public static final long ONE_E8 = 100_000_000L;

    private Ratio() {}
}
