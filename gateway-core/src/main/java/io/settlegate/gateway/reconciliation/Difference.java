package io.settlegate.gateway.reconciliation;

import io.settlegate.protocol.codec.MendingAct;
import io.settlegate.protocol.codec.StatementDifference;

/** How books differ in one row, and what mends it unless somebody knows better. */
public enum Difference {
    /** The gateway has it, the hospital does not: most often its reply was lost. */
    MISSING_AT_HOSPITAL(StatementDifference.MISSING_AT_HOSPITAL, MendingAct.BOOK_ANSWER),
    MISSING_AT_GATEWAY(StatementDifference.MISSING_AT_GATEWAY, MendingAct.SETTLE_AGAIN),
    /** Both have it, with other fields. */
    DIFFERS(StatementDifference.DIFFERS, MendingAct.CORRECT_ROW),
    /** A further row of the hospital for what it has already. */
    DOUBLED_AT_HOSPITAL(StatementDifference.DOUBLED_AT_HOSPITAL, MendingAct.REMOVE_ROW),
    /** Settled twice; the hospital knows of one at most. */
    DOUBLED_AT_GATEWAY(StatementDifference.DOUBLED_AT_GATEWAY, MendingAct.CANCEL),
    UNDONE_AT_GATEWAY(StatementDifference.UNDONE_AT_GATEWAY, MendingAct.BOOK_REFUND),
    UNDONE_AT_HOSPITAL(StatementDifference.UNDONE_AT_HOSPITAL, MendingAct.CANCEL),
    /** The hospital and the gateway agree; the bureau's books differ from theirs. */
    BUREAU_ONLY_DIFFERS(StatementDifference.NULL_VAL, MendingAct.CALL);

    private final StatementDifference code;
    private final MendingAct act;

    Difference(final StatementDifference code, final MendingAct act) {
        this.code = code;
        this.act = act;
    }

    /** As 9102 says it; NULL_VAL where 9102 has no such thing. */
    public StatementDifference code() {
        return code;
    }

    public MendingAct act() {
        return act;
    }
}
