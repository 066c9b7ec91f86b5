package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PipelineDrainTest {
    private static final long SEED = 20_261_122;
    private static final long STAGE_TIME_MS = 300;

    @TempDir
    private Path directory;

    /** Who closes the journal after the drain must not close it under a stage. */
    @ParameterizedTest
    @EnumSource(PipelineConfiguration.Threads.class)
    void shouldReturnWhenItsStagesHaveEnded(final PipelineConfiguration.Threads threads) throws Exception {
        final FoundedCity city = new FoundedCity(directory, new MemoryFaults(SEED));
        final long nowMs = FoundedCity.FOUNDED_MS + 60_000;
        final Slow session = new Slow();
        try (RingLine line = new RingLine(
                city.copy(), city.identity(), DurabilityLevel.BATCH, new PipelineConfiguration(256, 2, 64, threads))) {
            line.send(new UnsignedRequests().settle(city.terminals().get(0), new Random(SEED), nowMs), nowMs, session);
            assertThat(session.entered.await(20, TimeUnit.SECONDS)).isTrue();
            line.drain(Duration.ofMillis(1));
            assertThat(session.left).as("the reply stage is through").isTrue();
        }
    }

    /** Holds the reply stage for a while. */
    private static final class Slow implements Session {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final AtomicBoolean left = new AtomicBoolean();

        @Override
        public void enqueue(final DirectBuffer frame, final int length) {
            entered.countDown();
            try {
                Thread.sleep(STAGE_TIME_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left.set(true);
        }

        @Override
        public void signedIn(final TerminalKey key, final long sequence) {
            throw new AssertionError("nobody signs in here");
        }

        @Override
        public void refused(final ResultCode code) {
            throw new AssertionError("refused: " + code);
        }
    }
}
