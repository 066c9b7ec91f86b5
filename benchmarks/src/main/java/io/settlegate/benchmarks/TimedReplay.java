package io.settlegate.benchmarks;

import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.protocol.receipt.Seal;

/**
 * Tells how long the settlements of a {@link SettledJournal} took, apart from the import before them: acts are signed by no
 * terminal's key, so the first command with a key's version is the first settlement.
 *
 * <p>One thread.
 */
final class TimedReplay implements ReplayListener {
    private final ReplayListener listener;
    private final Stopwatch all = Stopwatch.started();
    private Stopwatch settlements;
    private long recordCount;
    private long settlementCount;
    private long settlementBytes;

    TimedReplay(final ReplayListener listener) {
        this.listener = listener;
    }

    @Override
    public void onRecord(final RecordView record) {
        recordCount++;
        if (record.keyVersion() == 1 && record.outcomeLength() > 0) {
            if (settlements == null) {
                settlements = Stopwatch.started();
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

    /** Nothing more will be read. */
    void print(final String what, final int persons) {
        all.stop();
        settlements.stop();
        System.out.printf(
                "%n%s: %,d persons; %,d settlements of 3 lines, %,d bytes each in their three parts; "
                        + "%,.0f settlements/s in %s; all %,d records in %s%n",
                what,
                persons,
                settlementCount,
                settlementBytes / settlementCount,
                settlementCount / settlements.seconds(),
                settlements,
                recordCount,
                all);
    }
}
