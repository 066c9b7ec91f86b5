package io.settlegate.gateway.reconciliation;

import io.settlegate.gateway.books.BookEntry;

/**
 * A settlement or a refund as one of the books has it. Texts that it does not have are empty.
 *
 * @param book whose.
 * @param setlId its own.
 * @param msgid of the request.
 * @param psnNo of the person.
 * @param mdtrtId of the visit.
 * @param isRefund refd_setl_flag; the amounts are then negative.
 * @param medfeeFen medfee_sumamt.
 * @param fundFen fund_pay_sumamt.
 * @param acctFen acct_pay.
 * @param line of the file; 0 for the gateway.
 * @param sequence of the record; 0 for a file, as what follows is empty for it.
 * @param timeMs of the record.
 * @param insutype of the settlement.
 * @param clrType of the settlement.
 * @param office where the person is insured.
 * @param undoesSetlId what a refund undid.
 * @param undoesMsgid likewise.
 * @param isUndone whether a settlement stands no more.
 */
record Row(
        Book book,
        String setlId,
        String msgid,
        String psnNo,
        String mdtrtId,
        boolean isRefund,
        long medfeeFen,
        long fundFen,
        long acctFen,
        long line,
        long sequence,
        long timeMs,
        String insutype,
        String clrType,
        String office,
        String undoesSetlId,
        String undoesMsgid,
        boolean isUndone) {
    private static final int INSTITUTION_LENGTH = 12;

    static Row of(final BookEntry entry) {
        return new Row(
                Book.GATEWAY,
                entry.setlId(),
                entry.msgid(),
                entry.psnNo(),
                entry.mdtrtId(),
                entry.kind() == BookEntry.Kind.REFUND,
                entry.medfeeFen(),
                entry.fundFen(),
                entry.acctFen(),
                0,
                entry.sequence(),
                entry.timeMs(),
                entry.insutype(),
                entry.clrType(),
                entry.office(),
                entry.undoesSetlId(),
                entry.undoesMsgid(),
                entry.isUndone());
    }

    /** A settlement that was done, and not one that stands again after its cancel was reversed. */
    boolean isFirst() {
        return !isRefund && undoesMsgid.isEmpty();
    }

    /** The first twelve places of the msgid; empty where there is none. */
    String institution() {
        return msgid.length() < INSTITUTION_LENGTH ? "" : msgid.substring(0, INSTITUTION_LENGTH);
    }
}
