package io.settlegate.gateway.books;

/**
 * What one record gave or took back, as the gateway's books have it. Texts that the record does not have are empty.
 *
 * @param kind of it.
 * @param sequence of the record.
 * @param timeMs of the record, engine time.
 * @param institution fixmedins_code.
 * @param psnNo of the person.
 * @param setlId of a settlement or a cancel its own; empty for a reversal, which has none.
 * @param mdtrtId of the visit; empty for pharmacies.
 * @param msgid of the request.
 * @param insutype the settlement's.
 * @param clrType 11 outpatient, 21 inpatient, 41 pharmacy.
 * @param office where the person is insured.
 * @param medfeeFen medfee_sumamt; signed, as the other amounts.
 * @param fundFen fund_pay_sumamt.
 * @param acctFen acct_pay.
 * @param cashFen psn_cash_pay.
 * @param isUndone whether a later record undid it, and none undid that.
 * @param undoesSequence the record that this one undid; 0 for a settlement.
 * @param undoesSetlId and its setl_id.
 * @param undoesMsgid and its msgid.
 */
public record BookEntry(
        Kind kind,
        long sequence,
        long timeMs,
        String institution,
        String psnNo,
        String setlId,
        String mdtrtId,
        String msgid,
        String insutype,
        String clrType,
        String office,
        long medfeeFen,
        long fundFen,
        long acctFen,
        long cashFen,
        boolean isUndone,
        long undoesSequence,
        String undoesSetlId,
        String undoesMsgid) {
    /** What a record did. */
    public enum Kind {
        /** 2102, 2207, 2304. */
        SETTLEMENT,
        /** A cancel, or the reversal of a settlement: amounts are negative. */
        REFUND,
        /** The reversal of a cancel: the settlement stands again, amounts are positive. */
        STANDS_AGAIN
    }

    /** What undoes another entry: each amount with the other sign. */
    BookEntry undoing(final long undoneBy, final long atMs, final String by) {
        return new BookEntry(
                kind == Kind.REFUND ? Kind.STANDS_AGAIN : Kind.REFUND,
                undoneBy,
                atMs,
                institution,
                psnNo,
                "",
                mdtrtId,
                by,
                insutype,
                clrType,
                office,
                -medfeeFen,
                -fundFen,
                -acctFen,
                -cashFen,
                false,
                sequence,
                setlId,
                msgid);
    }

    BookEntry undone() {
        return new BookEntry(
                kind,
                sequence,
                timeMs,
                institution,
                psnNo,
                setlId,
                mdtrtId,
                msgid,
                insutype,
                clrType,
                office,
                medfeeFen,
                fundFen,
                acctFen,
                cashFen,
                true,
                undoesSequence,
                undoesSetlId,
                undoesMsgid);
    }
}
