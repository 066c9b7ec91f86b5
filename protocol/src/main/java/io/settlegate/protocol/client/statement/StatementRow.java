package io.settlegate.protocol.client.statement;

import io.settlegate.protocol.client.visit.Flag;

/**
 * A settlement or refund as the institution has it.
 *
 * @param setlId       may be empty where the answer was lost; then {@code msgid} is not.
 * @param msgid        may be empty where {@code setlId} is not.
 * @param mdtrtId      may be empty.
 * @param refdSetlFlag YES: a refund, whose amounts are not positive.
 */
public record StatementRow(
        String setlId,
        String msgid,
        String psnNo,
        String mdtrtId,
        long medfeeSumamtFen,
        long fundPaySumamtFen,
        long acctPayFen,
        Flag refdSetlFlag) {
    /** Names nobody. */
    @Override
    public String toString() {
        return "StatementRow " + (setlId.isEmpty() ? msgid : setlId);
    }
}
