package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Shares;
import org.agrona.DirectBuffer;

/**
 * Finds what a settlement gave that a cancel or a reversal has just undone: the record of a reversal names three sums and not the
 * funds, nor the insurance. For those who add up a journal.
 *
 * <p>Owned by the engine's thread, between two commands. Allocates nothing; changes nothing that is hashed.
 */
public final class UndoneSettlement {
    private final EngineState state;
    private final Shares shares = new Shares();
    private int insutype;

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
        final long timeMs = BusinessTime.parse(buffer, msgid + Rows.INSTITUTION_KEY);
        if (timeMs == BusinessTime.INVALID) {
            return false;
        }
        final int day = BusinessTime.dayOf(timeMs);
        final FlatTable msgids = state.msgids.find(day);
        final int row = msgids == null ? -1 : msgids.find(buffer, msgid);
        return row >= 0
                && read(day + msgids.getByte(row, Rows.MSGID_SETTLED_DAYS), msgids.getLong(row, Rows.MSGID_SEQUENCE));
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
