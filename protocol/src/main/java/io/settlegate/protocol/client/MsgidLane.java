package io.settlegate.protocol.client;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Makes msgids: institution(12), yyyyMMddHHmmss(14, UTC+08:00), seq(4). The last four digits come from the lane that sign-in
 * assigns, so that two terminals of an institution never make the same. When a second's numbers are used up the next second's
 * are taken, which runs ahead of the clock by as little as the rate demands.
 *
 * <p>Safe for all threads.
 */
public final class MsgidLane {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private final String fixmedinsCode;
    private final int laneFirst;
    private final int laneCount;
    private final Clock clock;
    private long lastSecond;
    private int usedCount;

    public MsgidLane(final String fixmedinsCode, final int laneFirst, final int laneCount, final Clock clock) {
        if (laneFirst < 0 || laneCount < 1 || laneFirst + laneCount > 10_000) {
            throw new IllegalArgumentException("a lane lies within 0000 to 9999, not " + laneFirst + " + " + laneCount);
        }
        this.fixmedinsCode = fixmedinsCode;
        this.laneFirst = laneFirst;
        this.laneCount = laneCount;
        this.clock = clock;
    }

    /** A msgid never given before by this object. */
    public synchronized String next() {
        final long second = clock.instant().getEpochSecond();
        if (second > lastSecond) {
            lastSecond = second;
            usedCount = 0;
        } else if (usedCount == laneCount) {
            lastSecond++;
            usedCount = 0;
        }
        final int seq = laneFirst + usedCount++;
        return fixmedinsCode
                + SECOND.format(Instant.ofEpochSecond(lastSecond))
                + String.format(Locale.ROOT, "%04d", seq);
    }
}
