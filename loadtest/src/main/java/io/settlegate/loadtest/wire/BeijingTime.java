package io.settlegate.loadtest.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Business days and the seconds of msgids, yyyyMMddHHmmss, in UTC+08:00. */
final class BeijingTime {
    static final long DAY_MS = 86_400_000;

    private static final long AHEAD_MS = 8 * 3_600_000L;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private BeijingTime() {}

    /** When the business day of a moment begins. */
    static long startOfDayMs(final long timeMs) {
        return Math.floorDiv(timeMs + AHEAD_MS, DAY_MS) * DAY_MS - AHEAD_MS;
    }

    static String format(final long epochSecond) {
        return FORMAT.format(Instant.ofEpochSecond(epochSecond));
    }
}
