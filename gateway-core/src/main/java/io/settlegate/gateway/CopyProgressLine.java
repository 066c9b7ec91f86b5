package io.settlegate.gateway;

import io.settlegate.journal.backup.CopyProgress;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Tells on the error stream, every other second, how a copy gets on. Belongs to the thread that copies. */
final class CopyProgressLine implements CopyProgress {
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(2);

    private final PrintWriter err;
    private final long startNs = System.nanoTime();
    private long toldNs = startNs;

    CopyProgressLine(final PrintWriter err) {
        this.err = err;
    }

    @Override
    public void at(final Step what, final long doneLength) {
        final long nowNs = System.nanoTime();
        if (what == Step.CHECK) {
            if (doneLength > 0) {
                err.printf("copied %,d bytes in %,d ms; checking them%n", doneLength, millis(nowNs - startNs));
            }
        } else if (nowNs - toldNs >= INTERVAL_NS) {
            toldNs = nowNs;
            err.printf(
                    "copied %,d bytes, %,d bytes a second%n",
                    doneLength, doneLength * 1_000 / Math.max(1, millis(nowNs - startNs)));
        }
        err.flush();
    }

    private static long millis(final long timeNs) {
        return TimeUnit.NANOSECONDS.toMillis(timeNs);
    }
}
