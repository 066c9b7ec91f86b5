package io.settlegate.gateway;

import com.sun.management.OperatingSystemMXBean;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.settlement.SettlementEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Measures an import: rows, time, memory. One thread. What the platform does not tell is left out. */
final class ImportMeter {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MIB = 1L << 20;
    private static final long KIB_PER_MIB = 1024;
    private static final double MS_PER_SECOND = 1e3;
    private static final double NS_PER_SECOND = 1e9;

    private final long startNs;
    private final long startProcessorNs;

    /** The import begins: what was used before, by recovery for example, does not count. */
    ImportMeter() {
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            pool.resetPeakUsage();
        }
        startProcessorNs = processorNs();
        startNs = System.nanoTime();
    }

    void print(final PrintWriter out, final ImportActs acts, final ActTarget target) {
        final long tookMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
        out.printf(
                "imported %,d rows in %,d parts in %.1f s (%.1f s of processor time): %,.0f rows/s; %,d records in the"
                        + " journal%n",
                acts.rowCount(),
                acts.partCount(),
                tookMs / MS_PER_SECOND,
                (processorNs() - startProcessorNs) / NS_PER_SECOND,
                acts.rowCount() * MS_PER_SECOND / tookMs,
                target.lastSequence() + 1);
        if (target.appliedRowCount() < acts.rowCount()) {
            out.printf(
                    "%,d allocation rows had been credited before under the same batch id, and were not credited again%n",
                    acts.rowCount() - target.appliedRowCount());
        }
        target.engine().ifPresent(engine -> printMemory(out, engine));
    }

    private static void printMemory(final PrintWriter out, final SettlementEngine engine) {
        out.printf(
                "memory: heap at most %,d MiB, tables %,d MiB off the heap%s%n",
                peakHeap() / MIB, engine.tableBytes() / MIB, resident());
        final int persons = engine.counts().persons();
        if (persons > 0) {
            out.printf(
                    "persons: %,d in %,d MiB with three indexes, %,d bytes each%n",
                    persons, engine.personBytes() / MIB, engine.personBytes() / persons);
        }
    }

    /** Of all threads of the process; 0 where the platform does not tell. */
    private static long processorNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** The sum of the heap's pools at their highest, which need not have been at the same moment. */
    private static long peakHeap() {
        long sum = 0;
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            sum += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        return sum;
    }

    private static String resident() {
        if (!Files.isReadable(STATUS)) {
            return "";
        }
        long peakKib = 0;
        long ownKib = 0;
        try {
            for (final String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmHWM:")) {
                    peakKib = number(line);
                } else if (line.startsWith("RssAnon:")) {
                    ownKib = number(line);
                }
            }
        } catch (final IOException e) {
            return "";
        }
        return String.format(
                ", process at most %,d MiB resident, %,d now without the journal's mapped files",
                peakKib / KIB_PER_MIB, ownKib / KIB_PER_MIB);
    }

    private static long number(final String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
