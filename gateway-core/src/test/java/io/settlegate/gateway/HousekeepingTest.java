package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.metrics.GatewayStatus;
import io.settlegate.gateway.transport.Admission;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HousekeepingTest {
    private static final long CLOCK_JUMP_LIMIT_MS = 3_600_000;

    /** An executor drops a task that threw, and nobody would watch the disk or write head notes any more. */
    @Test
    void shouldEndTheProcessOnAnErrorToo(@TempDir final Path directory) throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final CompletableFuture<Throwable> fatal = new CompletableFuture<>();
        try (OpenGateway opened = OpenGateway.recover(new DataDirectory(city.data()), DurabilityLevel.BATCH);
                Housekeeping housekeeping = new Housekeeping(
                        opened.journal(),
                        new Admission(),
                        new GatewayStatus(),
                        new FailingClock(),
                        CLOCK_JUMP_LIMIT_MS,
                        GatewayConfiguration.DEFAULT_BACKGROUND_FORCE_MS,
                        GatewayConfiguration.DEFAULT_SEGMENT_LENGTH,
                        (stage, cause) -> fatal.complete(cause))) {
            housekeeping.start();
            assertThat(fatal.get(20, TimeUnit.SECONDS)).isInstanceOf(InternalError.class);
        }
    }

    /** As a mapped file does on a full disk. */
    private static final class FailingClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(final ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            throw new InternalError("a fault while a page was read");
        }
    }
}
