package io.settlegate.gateway.clearing;

/**
 * What has to hold among the amounts of each row, and so among their sums: the identities of the national interface. Where the
 * personal account is counted in fund_pay_sumamt, and where the family's account is counted in acct_pay, is the region's choice.
 */
enum RowLaw {
    A("A: medfee_sumamt = fulamt_ownpay_amt + overlmt_selfpay + preselfpay_amt + inscp_scp_amt") {
        @Override
        boolean holds(final MoneyRow row) {
            return row.fen(Amount.MEDFEE) == row.sum(Amount.SPLIT);
        }
    },
    B(
            "B: fund_pay_sumamt = hifp + cvlserv + hifes + hifmi + hifob + maf + oth (+ acct_pay where the region counts it in)") {
        @Override
        boolean holds(final MoneyRow row) {
            final long restFen = row.fen(Amount.FUND_SUM) - row.sum(Amount.FUNDS);
            return restFen == 0 || restFen == row.fen(Amount.ACCT);
        }
    },
    C("C: medfee_sumamt = funds + psn_part_amt + hosp_part_amt") {
        @Override
        boolean holds(final MoneyRow row) {
            return row.fen(Amount.MEDFEE)
                    == row.sum(Amount.FUNDS) + row.fen(Amount.PSN_PART) + row.fen(Amount.HOSP_PART);
        }
    },
    D("D: psn_part_amt = acct_pay + psn_cash_pay (+ acct_mulaid_pay where the region counts it beside)") {
        @Override
        boolean holds(final MoneyRow row) {
            final long restFen = row.fen(Amount.PSN_PART) - row.fen(Amount.ACCT) - row.fen(Amount.CASH);
            return restFen == 0 || restFen == row.fen(Amount.ACCT_MULAID);
        }
    };

    private final String text;

    RowLaw(final String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    abstract boolean holds(MoneyRow row);

    static boolean accountInFundSum(final MoneyRow row) {
        return row.fen(Amount.FUND_SUM) - row.sum(Amount.FUNDS) == row.fen(Amount.ACCT);
    }

    static boolean mulaidBeside(final MoneyRow row) {
        return row.fen(Amount.PSN_PART) - row.fen(Amount.ACCT) - row.fen(Amount.CASH) == row.fen(Amount.ACCT_MULAID);
    }
}
