package io.settlegate.gateway.reconciliation;

import io.settlegate.protocol.codec.MendingAct;

/** Where three books are compared: in which of them a row stands, or which of them stands alone; and the act that mends it. */
public enum Standing {
    /** Gateway and bureau have it, the hospital does not. */
    LOST_REPLY(MendingAct.BOOK_ANSWER),
    /** The bureau has not taken it over either. */
    GATEWAY_ONLY(MendingAct.BOOK_ANSWER),
    HOSPITAL_ONLY(MendingAct.SETTLE_AGAIN),
    BUREAU_ONLY(MendingAct.CALL),
    /** Gateway and hospital have it. */
    NOT_AT_BUREAU(MendingAct.CALL),
    /** Hospital and bureau have it. */
    NOT_AT_GATEWAY(MendingAct.CALL),
    /** Settled twice at the gateway; the hospital knows of one at most. */
    DOUBLE_SETTLEMENT(MendingAct.CANCEL),
    /** The hospital booked one, the bureau another, and they are of the same person and amount. */
    DOUBLE_ACROSS_BOOKS(MendingAct.CALL),
    /** A further row of a file for what it has already. */
    DOUBLED_ROW(MendingAct.REMOVE_ROW),
    /** All have it; hospital and bureau agree. */
    GATEWAY_ALONE(MendingAct.CALL),
    /** All have it; gateway and bureau agree. */
    HOSPITAL_ALONE(MendingAct.CORRECT_ROW),
    /** All have it; gateway and hospital agree. */
    BUREAU_ALONE(MendingAct.CALL),
    ALL_DIFFER(MendingAct.CALL);

    private final MendingAct act;

    Standing(final MendingAct act) {
        this.act = act;
    }

    public MendingAct act() {
        return act;
    }
}
