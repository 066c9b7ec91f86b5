package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.policy.Fund;

/**
 * What a settlement posts to the ledger, and what undoing it posts; the person's own balance is the caller's.
 *
 * <pre>
 * institution +(medfee - hosp_part) | each fund -its pay | family's accounts -acct_mulaid_pay | cash -psn_cash_pay
 * </pre>
 *
 * <p>Owned by the engine's thread. After {@link #reserve} said yes, posting cannot throw.
 */
final class Postings {
    /** Institution, basic fund, family's accounts, cash, and each other fund. */
    private static final int MOST = 4 + Fund.values().length;

    private final EngineState state;

    Postings(final EngineState state) {
        this.state = state;
    }

    boolean reserve() {
        return state.ledger.reserve(MOST);
    }

    /** @param sign 1 books the shares, -1 takes them back. */
    void post(final int regionRow, final int insutype, final int institutionRow, final Shares shares, final int sign) {
        final Ledger ledger = state.ledger;
        ledger.postInstitution(
                state.institutions.buffer(institutionRow),
                state.institutions.offset(institutionRow),
                institutionRow,
                sign * (shares.medfeeSumamtFen - shares.hospPartFen));
        ledger.ofPool(
                state.regions.buffer(regionRow), state.regions.offset(regionRow) + Rows.REGION_POOLAREA, insutype);
        ledger.postFund(Ledger.BASIC_FUND, -sign * shares.hifpPayFen);
        ledger.postFund(Ledger.CVLSERV_FUND, -sign * shares.cvlservPayFen);
        ledger.postFund(Ledger.HIFES_FUND, -sign * shares.hifesPayFen);
        ledger.postFund(Ledger.HIFMI_FUND, -sign * shares.hifmiPayFen);
        ledger.postFund(Ledger.HIFOB_FUND, -sign * shares.hifobPayFen);
        ledger.postFund(Ledger.MAF_FUND, -sign * shares.mafPayFen);
        ledger.postFund(Ledger.OTH_FUND, -sign * shares.othPayFen);
        ledger.postFund(Ledger.FAMILY_ACCOUNTS, -sign * shares.acctMulaidPayFen);
        ledger.postCash(-sign * shares.psnCashPayFen);
    }
}
