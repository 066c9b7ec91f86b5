package io.settlegate.gateway.clearing;

import io.settlegate.gateway.books.MoneyRecord;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.time.LocalDate;

/** Writes what a {@link MoneyRecord} says into rows. One thread. */
final class RowMaker {
    private static final long DAY_MS = 86_400_000L;
    private static final long ZONE_MS = 8 * 3_600_000L;

    private final MoneyRecord money;

    RowMaker(final MoneyRecord money) {
        this.money = money;
    }

    /** Who, where, and when. */
    void putPlace(final MoneyRow row) {
        final RequestHeaderDecoder request = money.request();
        row.sequence = money.record().sequence();
        row.day = LocalDate.ofEpochDay(Math.floorDiv(money.record().timeMs() + ZONE_MS, DAY_MS));
        row.institution = MoneyRecord.institutionOf(request.msgid());
        row.office = request.insuplcAdmdvs();
    }

    void putSettlement(final MoneyRow row) {
        final PharmacySettleOutcomeDecoder settlement = money.settlement();
        row.insutype = settlement.insutype();
        row.clrType = settlement.clrType();
        put(row, Amount.MEDFEE, settlement.medfeeSumamtFen());
        put(row, Amount.FULAMT_OWNPAY, settlement.fulamtOwnpayAmtFen());
        put(row, Amount.OVERLMT_SELFPAY, settlement.overlmtSelfpayFen());
        put(row, Amount.PRESELFPAY, settlement.preselfpayAmtFen());
        put(row, Amount.INSCP_SCP, settlement.inscpScpAmtFen());
        put(row, Amount.ACT_PAY_DEDC, settlement.actPayDedcFen());
        put(row, Amount.HIFP, settlement.hifpPayFen());
        put(row, Amount.CVLSERV, settlement.cvlservPayFen());
        put(row, Amount.HIFES, settlement.hifesPayFen());
        put(row, Amount.HIFMI, settlement.hifmiPayFen());
        put(row, Amount.HIFOB, settlement.hifobPayFen());
        put(row, Amount.MAF, settlement.mafPayFen());
        put(row, Amount.OTH, settlement.othPayFen());
        put(row, Amount.FUND_SUM, settlement.fundPaySumamtFen());
        put(row, Amount.HOSP_PART, settlement.hospPartAmtFen());
        put(row, Amount.PSN_PART, settlement.psnPartAmtFen());
        put(row, Amount.ACCT, settlement.acctPayFen());
        put(row, Amount.ACCT_MULAID, settlement.acctMulaidPayFen());
        put(row, Amount.CASH, settlement.psnCashPayFen());
    }

    /** Amounts as the cancel says them: negative. Insurance and clearing type are its settlement's. */
    void putCancel(final MoneyRow row) {
        final PharmacyCancelOutcomeDecoder cancel = money.cancel();
        put(row, Amount.MEDFEE, cancel.medfeeSumamtFen());
        put(row, Amount.FULAMT_OWNPAY, cancel.fulamtOwnpayAmtFen());
        put(row, Amount.OVERLMT_SELFPAY, cancel.overlmtSelfpayFen());
        put(row, Amount.PRESELFPAY, cancel.preselfpayAmtFen());
        put(row, Amount.INSCP_SCP, cancel.inscpScpAmtFen());
        put(row, Amount.ACT_PAY_DEDC, cancel.actPayDedcFen());
        put(row, Amount.HIFP, cancel.hifpPayFen());
        put(row, Amount.CVLSERV, cancel.cvlservPayFen());
        put(row, Amount.HIFES, cancel.hifesPayFen());
        put(row, Amount.HIFMI, cancel.hifmiPayFen());
        put(row, Amount.HIFOB, cancel.hifobPayFen());
        put(row, Amount.MAF, cancel.mafPayFen());
        put(row, Amount.OTH, cancel.othPayFen());
        put(row, Amount.FUND_SUM, cancel.fundPaySumamtFen());
        put(row, Amount.HOSP_PART, cancel.hospPartAmtFen());
        put(row, Amount.PSN_PART, cancel.psnPartAmtFen());
        put(row, Amount.ACCT, cancel.acctPayFen());
        put(row, Amount.ACCT_MULAID, cancel.acctMulaidPayFen());
        put(row, Amount.CASH, cancel.psnCashPayFen());
    }

    /** Whether the sums that the reversal's record says are those of its row. */
    boolean agreesWithReversal(final MoneyRow row) {
        final ReversalOutcomeDecoder reversal = money.reversal();
        return row.fen(Amount.FUND_SUM) == reversal.fundPaySumamtFen()
                && row.fen(Amount.ACCT) == reversal.acctPayFen()
                && row.fen(Amount.CASH) == reversal.psnCashPayFen();
    }

    private static void put(final MoneyRow row, final Amount amount, final long amountFen) {
        row.fen[amount.ordinal()] = amountFen;
    }
}
