package io.settlegate.gateway.clearing;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Business days, UTC+08:00, of which a statement is.
 *
 * @param first of them.
 * @param last of them.
 * @param name as it was asked for.
 */
public record Period(LocalDate first, LocalDate last, String name) {
    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter SETLYM = DateTimeFormatter.ofPattern("uuuuMM");

    public static Period month(final YearMonth month) {
        return new Period(month.atDay(1), month.atEndOfMonth(), month.toString());
    }

    public static Period day(final LocalDate day) {
        return new Period(day, day, day.toString());
    }

    /** True if none of it has begun by a moment: epoch milliseconds. */
    public boolean isBehind(final long timeMs) {
        return beginMs() > timeMs;
    }

    boolean isOneDay() {
        return first.equals(last);
    }

    boolean holds(final LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    long beginMs() {
        return first.atStartOfDay().toInstant(BEIJING).toEpochMilli();
    }

    /** The first moment after it. */
    long endMs() {
        return last.plusDays(1).atStartOfDay().toInstant(BEIJING).toEpochMilli();
    }

    /** The clearing month of 3203. */
    String setlym() {
        return SETLYM.format(first);
    }
}
