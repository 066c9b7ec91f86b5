package io.settlegate.gateway.reconciliation;

import io.settlegate.protocol.codec.MendingAct;
import io.settlegate.protocol.codec.StatementDifference;

/**
 * A difference as 9102's page says it. Amounts in fen; 0, and texts empty, where a side has none.
 *
 * @param difference what differs.
 * @param act that mends it.
 * @param fields a bit for each of the first seven of {@link Field}.
 * @param setlId the gateway's, else the upload's.
 * @param msgid likewise.
 * @param otherMsgid of a double settlement the other one's.
 * @param psnNo the gateway's, else the upload's.
 * @param mdtrtId likewise.
 * @param medfeeFen the gateway's.
 * @param fundFen the gateway's.
 * @param acctFen the gateway's.
 * @param uploadedMedfeeFen the upload's.
 * @param uploadedFundFen the upload's.
 * @param uploadedAcctFen the upload's.
 */
public record StatementFinding(
        StatementDifference difference,
        MendingAct act,
        int fields,
        String setlId,
        String msgid,
        String otherMsgid,
        String psnNo,
        String mdtrtId,
        long medfeeFen,
        long fundFen,
        long acctFen,
        long uploadedMedfeeFen,
        long uploadedFundFen,
        long uploadedAcctFen) {
    static StatementFinding of(final Finding finding) {
        final Row gateway = finding.group().row(Book.GATEWAY);
        final Row uploaded = finding.group().row(Book.HOSPITAL);
        final Row row = finding.group().leading();
        int bits = 0;
        for (final Field field : finding.fields()) {
            bits |= field == Field.SETL_ID ? 0 : 1 << field.ordinal();
        }
        return new StatementFinding(
                finding.difference().code(),
                finding.act(),
                bits,
                row.setlId().isEmpty() ? row.undoesSetlId() : row.setlId(),
                row.msgid(),
                finding.otherMsgid(),
                row.psnNo(),
                row.mdtrtId(),
                gateway == null ? 0 : gateway.medfeeFen(),
                gateway == null ? 0 : gateway.fundFen(),
                gateway == null ? 0 : gateway.acctFen(),
                uploaded == null ? 0 : uploaded.medfeeFen(),
                uploaded == null ? 0 : uploaded.fundFen(),
                uploaded == null ? 0 : uploaded.acctFen());
    }
}
