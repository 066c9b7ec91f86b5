package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a msgid must be: institution(12) yyyyMMddHHmmss(14) seq(4), of this institution, within the horizon. */
final class MsgidRule {
    private static final int SEQ_OFFSET = 26;
    private static final int SEQ_LENGTH = 4;
    private static final int DATE_LENGTH = 8;
    private static final long INVALID = BusinessTime.INVALID;

    /** The eight digits of the date parsed last, as they stand there, and when that day begins. */
    private long knownDate;

    private long knownStartMs;
    private final EngineState state;
    private final long horizonMs;
    private final long aheadMs;

    /** The msgid's own time, after {@link #check} said OK. */
    long timeMs;

    MsgidRule(final EngineState state, final EngineParameters parameters) {
        this.state = state;
        this.horizonMs = parameters.horizonDays() * BusinessTime.DAY_MS;
        this.aheadMs = parameters.msgidAheadMs();
        final UnsafeBuffer first = new UnsafeBuffer(new byte[DATE_LENGTH]);
        first.putStringWithoutLengthAscii(0, "19700101");
        this.knownDate = first.getLong(0);
        this.knownStartMs = BusinessTime.startOf(1970, 1, 1);
    }

    ResultCode check(final DirectBuffer buffer, final int msgid, final int institutionRow, final long nowMs) {
        timeMs = parseTime(buffer, msgid + Rows.INSTITUTION_KEY);
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

    /** The same of a msgid that is asked for, be it older than the horizon or ahead; leaves {@link #timeMs} as it may. */
    ResultCode checkOfAnyAge(final DirectBuffer buffer, final int msgid, final int institutionRow) {
        final ResultCode code = check(buffer, msgid, institutionRow, 0);
        return code == ResultCode.MSGID_STALE || code == ResultCode.MSGID_AHEAD ? ResultCode.OK : code;
    }

    /** The moment, or {@link BusinessTime#INVALID}; a date that was parsed last is not parsed again. */
    private long parseTime(final DirectBuffer buffer, final int offset) {
        final long date = buffer.getLong(offset);
        final long timeOfDayMs = date == knownDate ? BusinessTime.parseTime(buffer, offset + DATE_LENGTH) : INVALID;
        if (timeOfDayMs != INVALID) {
            return knownStartMs + timeOfDayMs;
        }
        final long parsedMs = BusinessTime.parse(buffer, offset);
        if (parsedMs != INVALID) {
            knownDate = date;
            knownStartMs = parsedMs - BusinessTime.parseTime(buffer, offset + DATE_LENGTH);
        }
        return parsedMs;
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
