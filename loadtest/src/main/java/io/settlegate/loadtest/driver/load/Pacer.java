package io.settlegate.loadtest.driver.load;

import io.settlegate.loadtest.driver.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The clock of an open loop: releases each request to its connection when its planned time has come, whatever the gateway does.
 *
 * <p>Lives on the event loop, wakes up for the next planned time, and not more often than every {@value #MIN_PAUSE_NS} ns; what
 * that and a busy machine make it late is the generator's lag, which is measured and is a part of the latencies.
 */
final class Pacer {
    private static final long MIN_PAUSE_NS = 100_000;

    private final EventLoop loop;
    private final Schedule schedule;
    private final List<LoadConnection> connections;
    private final LoadMeter meter;
    private long releasedCount;
    private boolean isStopped;

    Pacer(
            final EventLoop loop,
            final Schedule schedule,
            final List<LoadConnection> connections,
            final LoadMeter meter) {
        this.loop = loop;
        this.schedule = schedule;
        this.connections = connections;
        this.meter = meter;
    }

    /** Runs on the event loop until the last request is released. */
    void tick() {
        final long nowNs = System.nanoTime();
        while (!isStopped && releasedCount < schedule.requestCount()) {
            final long plannedNs = schedule.plannedNs(releasedCount);
            if (plannedNs - nowNs > 0) {
                loop.schedule(this::tick, Math.max(MIN_PAUSE_NS, plannedNs - nowNs), TimeUnit.NANOSECONDS);
                return;
            }
            meter.lag(plannedNs, nowNs);
            connections.get(schedule.connection(releasedCount)).release();
            releasedCount++;
        }
    }

    /** True if every request is released. */
    boolean isDone() {
        return releasedCount == schedule.requestCount();
    }

    void stop() {
        isStopped = true;
    }
}
