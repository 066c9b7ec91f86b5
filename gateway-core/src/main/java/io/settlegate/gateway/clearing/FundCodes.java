package io.settlegate.gateway.clearing;

import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.settlement.FundType;

/** fund_pay_type of the funds that a settlement names. No state. */
final class FundCodes {
    private FundCodes() {}

    static String of(final Amount fund, final String insutype) {
        final int number = number(insutype);
        return switch (fund) {
            case HIFP -> FundType.basic(number);
            case CVLSERV -> FundType.of(Fund.CVLSERV, number);
            case HIFES -> FundType.of(Fund.HIFES, number);
            case HIFMI -> FundType.of(Fund.HIFMI, number);
            case HIFOB -> FundType.of(Fund.HIFOB, number);
            case MAF -> FundType.of(Fund.MAF, number);
            case OTH -> FundType.of(Fund.OTH, number);
            default -> throw new IllegalArgumentException(fund.field() + " is no fund");
        };
    }

    /** 0 where the code is no number: the residents' and the workers' funds have their own. */
    private static int number(final String insutype) {
        return insutype.matches("[0-9]{1,6}") ? Integer.parseInt(insutype) : 0;
    }
}
