package io.settlegate.gateway.benefits;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shares by their national names, in yuan; what is 0 is left out. */
final class SharesFields {
    private SharesFields() {}

    static Map<String, BigDecimal> of(final Shares shares) {
        final Map<String, BigDecimal> fields = new LinkedHashMap<>();
        put(fields, "medfee_sumamt", shares.medfeeSumamtFen, 2);
        put(fields, "fulamt_ownpay_amt", shares.fulamtOwnpayFen, 2);
        put(fields, "overlmt_selfpay", shares.overlmtSelfpayFen, 2);
        put(fields, "preselfpay_amt", shares.preselfpayFen, 2);
        put(fields, "inscp_scp_amt", shares.inscpScpFen, 2);
        put(fields, "hosp_part_amt", shares.hospPartFen, 2);
        put(fields, "act_pay_dedc", shares.actPayDedcFen, 2);
        put(fields, "pool_prop_selfpay", shares.poolPropSelfpayE4, 4);
        put(fields, "hifp_pay", shares.hifpPayFen, 2);
        put(fields, "hifob_pay", shares.hifobPayFen, 2);
        put(fields, "hifmi_pay", shares.hifmiPayFen, 2);
        put(fields, "cvlserv_pay", shares.cvlservPayFen, 2);
        put(fields, "hifes_pay", shares.hifesPayFen, 2);
        put(fields, "oth_pay", shares.othPayFen, 2);
        put(fields, "maf_pay", shares.mafPayFen, 2);
        put(fields, "psn_part_amt", shares.psnPartFen, 2);
        put(fields, "acct_pay", shares.acctPayFen, 2);
        put(fields, "acct_mulaid_pay", shares.acctMulaidPayFen, 2);
        put(fields, "psn_cash_pay", shares.psnCashPayFen, 2);
        put(fields, "fund_pay_sumamt", shares.fundPaySumamtFen, 2);
        put(fields, "balc", shares.balcFen, 2);
        return fields;
    }

    static Map<String, BigDecimal> gainsOf(final Shares shares) {
        final Map<String, BigDecimal> gains = new LinkedHashMap<>();
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            put(gains, Accumulators.name(slot), shares.deltas[slot], 2);
        }
        return gains;
    }

    private static void put(
            final Map<String, BigDecimal> fields, final String name, final long scaled, final int places) {
        if (scaled != 0) {
            fields.put(name, BigDecimal.valueOf(scaled, places).stripTrailingZeros());
        }
    }

    /** The same form of what the reference found. */
    static Map<String, BigDecimal> normal(final Map<String, BigDecimal> fields) {
        final Map<String, BigDecimal> normal = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value.signum() != 0) {
                normal.put(name, value.stripTrailingZeros());
            }
        });
        return normal;
    }
}
