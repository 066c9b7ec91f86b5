package io.settlegate.gateway.inspection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as they are shown: ISO 8601 in UTC+08:00, to the millisecond, always as long as the next one. No state. */
public final class ShownTime {
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

    private ShownTime() {}

    public static String of(final long timeMs) {
        return Instant.ofEpochMilli(timeMs).atOffset(BEIJING).format(ISO);
    }
}
