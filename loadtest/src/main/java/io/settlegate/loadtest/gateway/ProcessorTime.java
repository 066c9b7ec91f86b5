package io.settlegate.loadtest.gateway;

import java.time.Duration;
import java.util.Optional;

/** Processor time that a process has used, user and system, as the operating system counts it. */
public final class ProcessorTime {
    private ProcessorTime() {}

    /** Of the process {@code pid}; empty where the system does not tell, or the process has ended. */
    public static Optional<Duration> of(final long pid) {
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().totalCpuDuration());
    }

    /** Of this process. */
    public static Optional<Duration> own() {
        return ProcessHandle.current().info().totalCpuDuration();
    }
}
