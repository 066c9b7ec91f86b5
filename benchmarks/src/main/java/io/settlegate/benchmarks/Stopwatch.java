package io.settlegate.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Time by the clock, and of processors in all threads of this process: on a machine with other work only the second holds. */
final class Stopwatch {
    private final long startNs = System.nanoTime();
    private final long startCpuNs = cpuNs();
    private long tookNs;
    private long tookCpuNs;

    private Stopwatch() {}

    static Stopwatch started() {
        return new Stopwatch();
    }

    void stop() {
        tookNs = System.nanoTime() - startNs;
        tookCpuNs = cpuNs() - startCpuNs;
    }

    double seconds() {
        return tookNs / (double) TimeUnit.SECONDS.toNanos(1);
    }

    double cpuSeconds() {
        return tookCpuNs / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static long cpuNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getProcessCpuTime()
                : 0;
    }

    @Override
    public String toString() {
        return String.format("%.2f s (%.2f s of processors)", seconds(), cpuSeconds());
    }
}
