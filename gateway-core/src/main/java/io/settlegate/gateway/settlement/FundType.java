package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.Fund;

/**
 * fund_pay_type of the national code table: which fund a row of an entitlement speaks of. Codes as public collections list them; oth
 * has no code of its own there and is 999999 here.
 */
public final class FundType {
    private static final int WORKERS = 310;
    private static final int FIRST_RESIDENTS = 390;

    private FundType() {}

    /** The basic fund of an insurance. */
    public static String basic(final int insutype) {
        if (insutype == WORKERS) {
            return "310100";
        }
        return insutype >= FIRST_RESIDENTS ? "390100" : "340100";
    }

    public static String of(final Fund fund, final int insutype) {
        return switch (fund) {
            case HIFOB -> "330100";
            case HIFMI -> insutype >= FIRST_RESIDENTS ? "390200" : "330100";
            case CVLSERV -> "320100";
            case HIFES -> "370100";
            case MAF -> "610100";
            case OTH -> "999999";
        };
    }
}
