package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;

/** What a msgid must be: institution(12) yyyyMMddHHmmss(14) seq(4), of this institution, within the horizon. */
final class MsgidRule {
    private static final int SEQ_OFFSET = 26;
    private static final int SEQ_LENGTH = 4;

    private final EngineState state;
    private final long horizonMs;
    private final long aheadMs;

    /** The msgid's own time, after {@link #check} said OK. */
    long timeMs;

    MsgidRule(final EngineState state, final EngineParameters parameters) {
        this.state = state;
        this.horizonMs = parameters.horizonDays() * BusinessTime.DAY_MS;
        this.aheadMs = parameters.msgidAheadMs();
    }

    ResultCode check(final DirectBuffer buffer, final int msgid, final int institutionRow, final long nowMs) {
        timeMs = BusinessTime.parse(buffer, msgid + Rows.INSTITUTION_KEY);
        if (timeMs == BusinessTime.INVALID || !Fields.isDigits(buffer, msgid + SEQ_OFFSET, SEQ_LENGTH)) {
            return ResultCode.MSGID_MALFORMED;
        }
        final FlatTable institutions = state.institutions;
        if (!Fields.equal(
                buffer,
                msgid,
                institutions.buffer(institutionRow),
                institutions.offset(institutionRow),
                Rows.INSTITUTION_KEY)) {
            return ResultCode.MSGID_FOREIGN;
        }
        if (timeMs < nowMs - horizonMs) {
            return ResultCode.MSGID_STALE;
        }
        return timeMs > nowMs + aheadMs ? ResultCode.MSGID_AHEAD : ResultCode.OK;
    }

    /** Whether a business time lies within the horizon and not ahead. */
    boolean isWithinHorizon(final long businessTimeMs, final long nowMs) {
        return businessTimeMs >= nowMs - horizonMs && businessTimeMs <= nowMs + aheadMs;
    }

    /** Whether a business time is ahead of the clock by more than a msgid's may be. */
    boolean isAhead(final long businessTimeMs, final long nowMs) {
        return businessTimeMs > nowMs + aheadMs;
    }
}
