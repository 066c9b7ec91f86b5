package io.settlegate.loadtest.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Seconds as msgids write them: yyyyMMddHHmmss in UTC+08:00. */
final class BeijingTime {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private BeijingTime() {}

    static String format(final long epochSecond) {
        return FORMAT.format(Instant.ofEpochSecond(epochSecond));
    }
}
