package io.settlegate.benchmarks;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.reconciliation.ReconcileRun;
import io.settlegate.gateway.reconciliation.Refunds;
import io.settlegate.gateway.reconciliation.Summary;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How long it takes to compare a hospital's million rows with a journal of a million settlements, and what memory: prints a line for each run.
 * Differences of every sort are planted; each run fails unless it finds all of them and no others. Meant for {@code -Xmx256m}.
 *
 * <p>A command; blocks on the disk. The journal is one of {@link SettledJournal}, the file is made anew.
 */
public final class ReconcileMillion {
    private static final int PERSONS = 1_000;
    private static final int SETTLEMENTS = 1_000_000;
    private static final int BATCH_SIZE = 256;
    private static final int CANCEL_EVERY = 100;
    private static final int MSGID = 5;
    private static final int SETL_ID = 4;
    private static final double NS_PER_SECOND = 1e9;
    private static final long MIB = 1 << 20;

    private ReconcileMillion() {}

    /** @param arguments how many runs (3), how many settlements (a million). */
    public static void main(final String[] arguments) throws IOException {
        final int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        final int settlements = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SETTLEMENTS;
        final Path journal = SettledJournal.of(PERSONS, settlements, BATCH_SIZE, CANCEL_EVERY);
        try (TemporaryDirectory directory = new TemporaryDirectory("reconcile")) {
            final Path file = directory.path().resolve("hospital.csv");
            final Map<String, String> expected = PlantedFile.write(journal, file);
            for (int run = 0; run < runs; run++) {
                run(journal, file, directory.path().resolve("found-" + run + ".csv"), expected);
            }
        }
    }

    private static void run(final Path journal, final Path file, final Path out, final Map<String, String> expected)
            throws IOException {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        final long beganNs = System.nanoTime();
        final long cpuNs = cpuNs();
        final Summary summary;
        try (Store store = ChronicleStore.in(journal)) {
            summary = new ReconcileRun(
                            new ReconcileRun.Options(
                                    file,
                                    null,
                                    null,
                                    PlantedFile.FIRST,
                                    PlantedFile.LAST,
                                    null,
                                    null,
                                    Refunds.IN,
                                    out,
                                    out.getParent(),
                                    ReconcileRun.PARTITIONS),
                            Masking.MASKED)
                    .run(store);
        }
        final double seconds = (System.nanoTime() - beganNs) / NS_PER_SECOND;
        final double cpuSeconds = (cpuNs() - cpuNs) / NS_PER_SECOND;
        long heap = 0;
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            heap += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        check(out, expected);
        System.out.printf(
                "%,d rows at the gateway, %,d at the hospital, %,d equal, %s: %.2f s, %.2f s of processors, peak heap %d MB, %s%n",
                summary.total().gateway().rows(),
                summary.total().hospital().rows(),
                summary.equal(),
                summary.differences(),
                seconds,
                cpuSeconds,
                heap / MIB,
                resident());
    }

    /** Of all threads of the process, 0 where it is not told. */
    private static long cpuNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static void check(final Path out, final Map<String, String> expected) throws IOException {
        final Map<String, String> open = new HashMap<>(expected);
        try (BufferedReader lines = Files.newBufferedReader(out)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] cells = line.split(",", -1);
                final String key = cells[0].equals("DOUBLED_AT_HOSPITAL") ? cells[SETL_ID] : cells[MSGID];
                if (!cells[0].equals(open.remove(key))) {
                    throw new IllegalStateException("was not planted: " + line);
                }
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException(open.size() + " were not found, such as "
                    + open.entrySet().iterator().next());
        }
    }

    /** Of the process: now and at the most, mapped pages of the journal included. */
    private static String resident() throws IOException {
        final Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "resident memory is not told here";
        }
        final StringBuilder text = new StringBuilder("resident");
        for (final String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM") || line.startsWith("RssAnon") || line.startsWith("RssFile")) {
                text.append(' ').append(line.replaceAll("\\s+", " "));
            }
        }
        return text.toString();
    }
}
