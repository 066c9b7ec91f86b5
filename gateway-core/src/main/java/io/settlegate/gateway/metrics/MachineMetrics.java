package io.settlegate.gateway.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What the virtual machine tells of itself. Any thread. */
@SuppressWarnings("LongDoubleConversion") // what is scraped is a double
final class MachineMetrics {
    private static final double MS_PER_SECOND = 1e3;
    private static final double NS_PER_SECOND = 1e9;

    private MachineMetrics() {}

    static void collect(final Snapshots into) {
        memory(into, "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
        memory(into, "nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        for (final BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            into.add(Metric.JVM_MEMORY_USED, pool.getMemoryUsed(), "area", pool.getName());
        }
        for (final GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            into.add(Metric.JVM_GC_TIME, collector.getCollectionTime() / MS_PER_SECOND, "gc", collector.getName());
            into.add(Metric.JVM_GC_COUNT, collector.getCollectionCount(), "gc", collector.getName());
        }
        into.add(Metric.JVM_THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        into.add(Metric.PROCESS_START, ManagementFactory.getRuntimeMXBean().getStartTime() / MS_PER_SECOND);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            into.add(Metric.PROCESS_CPU, system.getProcessCpuTime() / NS_PER_SECOND);
        }
    }

    private static void memory(final Snapshots into, final String area, final MemoryUsage usage) {
        into.add(Metric.JVM_MEMORY_USED, usage.getUsed(), "area", area);
        if (usage.getMax() > 0) {
            into.add(Metric.JVM_MEMORY_MAX, usage.getMax(), "area", area);
        }
    }
}
