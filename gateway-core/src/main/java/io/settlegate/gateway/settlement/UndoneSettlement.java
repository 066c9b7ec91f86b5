package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Shares;
import org.agrona.DirectBuffer;

/**
 * Finds what a settlement gave that a cancel or a reversal has just undone, or that stands again since its cancel was reversed: the record of
 * a reversal names three sums and not the funds, nor the insurance. For those who add up a journal.
 *
 * <p>Owned by the engine's thread, between two commands. Allocates nothing; changes nothing that is hashed.
 */
public final class UndoneSettlement {
    private final EngineState state;
    private final Shares shares = new Shares();
    private int insutype;
    private int msgidDay;
    private FlatTable msgids;
    private int msgidRow;

    public UndoneSettlement(final SettlementEngine engine) {
        this.state = engine.state();
    }

    /** Whether the settlement of this setl_id, thirty bytes, is within the horizon. */
    public boolean findBySetlId(final DirectBuffer buffer, final int setlId) {
        return GatewayNumber.isNumber(buffer, setlId)
                && read(GatewayNumber.day(buffer, setlId), GatewayNumber.sequence(buffer, setlId));
    }

    /** Whether the settlement of this msgid, thirty bytes, is within the horizon. */
    public boolean findByMsgid(final DirectBuffer buffer, final int msgid) {
        return findMsgid(buffer, msgid)
                && read(
                        msgidDay + msgids.getByte(msgidRow, Rows.MSGID_SETTLED_DAYS),
                        msgids.getLong(msgidRow, Rows.MSGID_SEQUENCE));
    }

    /** Whether the settlement that the cancel of this msgid undid is within the horizon. */
    public boolean findByCancel(final DirectBuffer buffer, final int msgid) {
        final Cancels cancels = state.cancels;
        return findMsgid(buffer, msgid)
                && cancels.find(msgidDay, msgids.getLong(msgidRow, Rows.MSGID_SEQUENCE))
                && read(cancels.settlementDay(), cancels.settlement());
    }

    private boolean findMsgid(final DirectBuffer buffer, final int msgid) {
        final long timeMs = BusinessTime.parse(buffer, msgid + Rows.INSTITUTION_KEY);
        if (timeMs == BusinessTime.INVALID) {
            return false;
        }
        msgidDay = BusinessTime.dayOf(timeMs);
        msgids = state.msgids.find(msgidDay);
        msgidRow = msgids == null ? -1 : msgids.find(buffer, msgid);
        return msgidRow >= 0;
    }

    private boolean read(final int day, final long sequence) {
        final SettlementDays settlements = state.settlements;
        if (!settlements.find(day, sequence)) {
            return false;
        }
        settlements.read(shares);
        insutype = settlements.insutype();
        return true;
    }

    /** What was found last: amounts as they were answered. */
    public Shares shares() {
        return shares;
    }

    public int insutype() {
        return insutype;
    }
}
