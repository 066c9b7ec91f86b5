package io.settlegate.protocol.client.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of a day in virtual time, which days may be added to. */
final class MovedClock extends Clock {
    private static final Instant BEGIN = Instant.parse("2026-11-28T04:00:00Z");

    private final VirtualThread time;
    private Duration moved = Duration.ZERO;

    MovedClock(final VirtualThread time) {
        this.time = time;
    }

    void move(final Duration further) {
        moved = moved.plus(further);
    }

    @Override
    public Instant instant() {
        return BEGIN.plus(moved).plusMillis(time.nowMs());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(final ZoneId zone) {
        return this;
    }
}
