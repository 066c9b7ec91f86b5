package io.settlegate.benchmarks;

import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.protocol.receipt.Seal;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Tells how long the settlements of a {@link SettledJournal} took, apart from the import before them: acts are signed by no
 * terminal's key, so the first record with a key's version is the first settlement.
 *
 * <p>One thread.
 */
final class TimedReplay implements ReplayListener {
    private final ReplayListener listener;
    private final long startNs = System.nanoTime();
    private final long startCpuNs = cpuNs();
    private long settlementsStartNs;
    private long settlementsStartCpuNs;
    private long endNs;
    private long endCpuNs;
    private long recordCount;
    private long settlementCount;
    private long settlementBytes;

    TimedReplay(final ReplayListener listener) {
        this.listener = listener;
    }

    @Override
    public void onRecord(final RecordView record) {
        recordCount++;
        if (record.keyVersion() == 1 && record.commandLength() > 0 && record.outcomeLength() > 0) {
            if (settlementCount == 0) {
                settlementsStartNs = System.nanoTime();
                settlementsStartCpuNs = cpuNs();
            }
            settlementCount++;
            settlementBytes += record.commandLength() + record.outcomeLength() + record.internalLength();
        }
        listener.onRecord(record);
    }

    @Override
    public void onSeal(final Seal seal) {
        listener.onSeal(seal);
    }

    @Override
    public void onAllRead() {
        listener.onAllRead();
    }

    @Override
    public long stateHashHigh() {
        return listener.stateHashHigh();
    }

    @Override
    public long stateHashLow() {
        return listener.stateHashLow();
    }

    /** The last record has been read. */
    void end() {
        endNs = System.nanoTime();
        endCpuNs = cpuNs();
    }

    void print(final String what, final int persons) {
        final double seconds = seconds(endNs - settlementsStartNs);
        System.out.printf(
                "%n%s: %,d persons; %,d settlements of 3 lines, %,d bytes each in their three parts; "
                        + "%,.0f settlements/s in %.2f s (%.2f s of processors); all %,d records in %.2f s (%.2f s)%n",
                what,
                persons,
                settlementCount,
                settlementBytes / Math.max(1, settlementCount),
                settlementCount / seconds,
                seconds,
                seconds(endCpuNs - settlementsStartCpuNs),
                recordCount,
                seconds(endNs - startNs),
                seconds(endCpuNs - startCpuNs));
    }

    private static double seconds(final long timeNs) {
        return timeNs / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Processor time of all threads of this process. */
    private static long cpuNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getProcessCpuTime()
                : 0;
    }
}
