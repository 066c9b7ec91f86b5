package io.settlegate.loadtest.driver.load;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Signs a phase on all processors, each terminal's requests on one, with a line that tells how far it is.
 *
 * <p>For one thread, which blocks until all is signed.
 */
final class PhaseSigning {
    private static final long PROGRESS_INTERVAL_MS = 500;

    /** Reads of a closed loop are made for this moment: they are fresh for a minute before it and a minute after. */
    private static final long READS_AHEAD_MS = 50_000;

    private static final long AGE_MS = 30_000;

    private final long closedLoopAheadMs;
    private final Consumer<String> progress;

    PhaseSigning(final RequestMix mix, final Consumer<String> progress) {
        this.closedLoopAheadMs = mix.hasReads() ? READS_AHEAD_MS : -AGE_MS;
        this.progress = progress;
    }

    /** @return a terminal's requests at the place of its maker. */
    List<SignedRequests> sign(final Phase phase, final int phaseNumber, final List<RequestMaker> makers) {
        final AtomicLong signedCount = new AtomicLong();
        final Thread teller = new Thread(() -> tell(phase, signedCount), "signing-progress");
        teller.setDaemon(true);
        teller.start();
        final long nowMs = System.currentTimeMillis();
        try {
            return IntStream.range(0, makers.size())
                    .parallel()
                    .mapToObj(i -> makers.get(i)
                            .sign(
                                    phaseNumber,
                                    Schedule.share(phase.requestCount(), makers.size(), i),
                                    timeMsOf(phase, makers.size(), nowMs),
                                    signedCount))
                    .toList();
        } finally {
            teller.interrupt();
        }
    }

    /** When a terminal's request is thought to be sent, in milliseconds. */
    private IntToLongFunction timeMsOf(final Phase phase, final int makerCount, final long nowMs) {
        if (!phase.isOpen()) {
            return index -> nowMs + closedLoopAheadMs;
        }
        final double msPerRequest = 1e3 * makerCount / phase.ratePerSecond();
        return index -> nowMs + (long) (index * msPerRequest);
    }

    private void tell(final Phase phase, final AtomicLong signedCount) {
        final long startNs = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            final long count = signedCount.get();
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            progress.accept(String.format(
                    Locale.ROOT,
                    "signing    %,9d of %,d requests, %,.0f/s",
                    count,
                    phase.requestCount(),
                    count / seconds));
            try {
                Thread.sleep(PROGRESS_INTERVAL_MS);
            } catch (final InterruptedException done) {
                return;
            }
        }
    }
}
