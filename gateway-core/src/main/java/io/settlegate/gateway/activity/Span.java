package io.settlegate.gateway.activity;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Business days, UTC+08:00, and how they are grouped.
 *
 * @param from the first day.
 * @param to the last day, which counts.
 * @param by what a row is of.
 */
public record Span(LocalDate from, LocalDate to, By by) {
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final long ZONE_MS = 8 * 3_600_000L;
    private static final long DAY_MS = 86_400_000L;

    /** What a row is of. */
    public enum By {
        DAY,
        MONTH
    }

    public Span {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("--to " + to + " is before --from " + from);
        }
    }

    long beginMs() {
        return from.atStartOfDay().toInstant(BEIJING).toEpochMilli();
    }

    /** The first moment after it. */
    long endMs() {
        return to.plusDays(1).atStartOfDay().toInstant(BEIJING).toEpochMilli();
    }

    /** Days since 1970 of a moment. */
    static long dayOf(final long timeMs) {
        return Math.floorDiv(timeMs + ZONE_MS, DAY_MS);
    }

    /** The name of the row in which a day counts. */
    String bucket(final long day) {
        final LocalDate date = LocalDate.ofEpochDay(day);
        return by == By.DAY ? date.toString() : YearMonth.from(date).toString();
    }
}
