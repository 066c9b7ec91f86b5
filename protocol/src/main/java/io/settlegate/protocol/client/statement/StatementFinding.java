package io.settlegate.protocol.client.statement;

import io.settlegate.protocol.codec.MendingAct;
import io.settlegate.protocol.codec.StatementDifference;

/**
 * A row in which the institution and the gateway differ.
 *
 * @param fields   bits from 0: psnNo, mdtrtId, medfeeSumamt, fundPaySumamt, acctPay, refdSetlFlag, msgid.
 * @param msgid    of the settlement at the gateway; else the uploaded one.
 * @param other    of a double settlement: the msgid of the other one; else empty.
 * @param gateway  its amounts; NONE's where it has none.
 * @param uploaded the uploaded ones.
 */
public record StatementFinding(
        StatementDifference difference,
        MendingAct act,
        int fields,
        String setlId,
        String msgid,
        String other,
        String psnNo,
        String mdtrtId,
        Amounts gateway,
        Amounts uploaded) {
    /** In fen; of a refund negative. */
    public record Amounts(long medfeeSumamtFen, long fundPaySumamtFen, long acctPayFen) {}

    /** Names nobody. */
    @Override
    public String toString() {
        return "StatementFinding " + difference + ' ' + act + ' ' + (setlId.isEmpty() ? msgid : setlId);
    }
}
