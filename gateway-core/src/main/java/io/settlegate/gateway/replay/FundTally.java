package io.settlegate.gateway.replay;

import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.settlement.FundType;
import io.settlegate.gateway.settlement.LedgerAccounts;

/**
 * What each fund of one insurance has paid, net, in fen; and the accounts of family members, which are no fund and stand beside.
 * A place in it is the ordinal of {@link LedgerAccounts.Kind}.
 *
 * <p>One thread.
 */
final class FundTally {
    /** Funds. */
    static final int FUND_COUNT = LedgerAccounts.Kind.OTH.ordinal() + 1;

    static final int MULAID = LedgerAccounts.Kind.MULAID.ordinal();
    /** Funds, and accounts of family members. */
    static final int COUNT = MULAID + 1;

    private static final String[] FIELDS = {
        "hifpPay", "cvlservPay", "hifesPay", "hifmiPay", "hifobPay", "mafPay", "othPay"
    };
    private static final Fund[] FUNDS = {null, Fund.CVLSERV, Fund.HIFES, Fund.HIFMI, Fund.HIFOB, Fund.MAF, Fund.OTH};
    private static final String[] WORDS = {
        "pooled basic fund",
        "civil servants' subsidy",
        "enterprises' supplement",
        "residents' catastrophic",
        "workers' large-amount",
        "medical aid",
        "other"
    };

    final long[] amountsFen = new long[COUNT];
    /** Settlements in which it paid, less those undone. */
    final long[] settlementCounts = new long[COUNT];

    /** @param sign 1 of a settlement, -1 of one that was undone. */
    void add(final long[] paidFen, final int sign) {
        for (int i = 0; i < COUNT; i++) {
            if (paidFen[i] != 0) {
                amountsFen[i] = Math.addExact(amountsFen[i], sign * paidFen[i]);
                settlementCounts[i] += sign;
            }
        }
    }

    /** The field of the schema, without its unit. */
    static String field(final int fund) {
        return FIELDS[fund];
    }

    static String words(final int fund) {
        return WORDS[fund];
    }

    /** fund_pay_type of setldetail. */
    static String fundPayType(final int fund, final int insutype) {
        return FUNDS[fund] == null ? FundType.basic(insutype) : FundType.of(FUNDS[fund], insutype);
    }
}
