package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;

/**
 * The business days from the first to the last that a statement names, each by any time of it. Today is allowed: hospitals compare at the
 * end of the day, before midnight. Owned by the engine's thread.
 */
final class StatementPeriod {
    int firstDay;
    int lastDay;

    /** OK, FIELD_MALFORMED, or STATEMENT_PERIOD where it is turned round or ends behind today. */
    ResultCode take(final long begnMs, final long endMs, final long nowMs) {
        if (begnMs <= 0 || endMs <= 0) {
            return ResultCode.FIELD_MALFORMED;
        }
        // What is further ahead than a day is behind today, and too far perhaps for a day's number.
        final long latestMs = nowMs + BusinessTime.DAY_MS;
        if (begnMs > latestMs || endMs > latestMs) {
            return ResultCode.STATEMENT_PERIOD;
        }
        firstDay = BusinessTime.dayOf(begnMs);
        lastDay = BusinessTime.dayOf(endMs);
        return firstDay <= lastDay && lastDay <= BusinessTime.dayOf(nowMs)
                ? ResultCode.OK
                : ResultCode.STATEMENT_PERIOD;
    }
}
