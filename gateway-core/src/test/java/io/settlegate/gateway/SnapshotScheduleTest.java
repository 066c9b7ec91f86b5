package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.metrics.SnapshotMeter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that a gateway has made beside it. */
@Timeout(120)
class SnapshotScheduleTest {
    private static final long DEADLINE_MS = 60_000;

    private final SnapshotMeter meter = new SnapshotMeter();

    @TempDir
    private Path directory;

    private SmallCity city;

    @BeforeEach
    void found() throws Exception {
        city = SmallCity.found(directory);
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(endNs);
            Thread.sleep(20);
        }
    }

    private static long childCount() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    @Test
    void shouldMakeOneBesideAGatewayThatServes() throws Exception {
        try (Gateway gateway = GatewayInProcess.start(city.data());
                SnapshotSchedule schedule = SnapshotSchedule.start(city.data(), 200, DEADLINE_MS, meter)) {
            await(() -> meter.newestSequence() > 0);
            assertThat(meter.failedCount()).isZero();
            assertThat(gateway.metrics().status().isReady()).isTrue();
            assertThat(schedule).isNotNull();
        }
        assertThat(childCount()).isZero();
        try (OpenGateway opened = OpenGateway.recover(
                new DataDirectory(city.data()), io.settlegate.protocol.receipt.DurabilityLevel.BATCH)) {
            assertThat(opened.journal().begunFrom().sequence()).isEqualTo(meter.newestSequence());
        }
    }

    @Test
    void shouldEndAProcessThatIsNotDoneInTimeAndCountIt() throws Exception {
        try (SnapshotSchedule schedule = SnapshotSchedule.start(city.data(), 50, 1, meter)) {
            await(() -> meter.failedCount() > 1);
            assertThat(schedule).isNotNull();
        }
        assertThat(childCount()).isZero();
        assertThat(meter.madeCount()).isZero();
    }

    @Test
    void shouldEndTheProcessWhenTheGatewayStops() throws Exception {
        final SnapshotSchedule schedule = SnapshotSchedule.start(city.data(), 1, DEADLINE_MS, meter);
        await(() -> childCount() > 0);
        schedule.close();
        assertThat(childCount()).isZero();
    }

    @Test
    void shouldTellWhyNoneWasMade() throws Exception {
        Files.move(city.data().resolve("journal"), city.data().resolve("elsewhere"));
        final SnapshotChild.Ending ending = new SnapshotChild(city.data(), DEADLINE_MS).run();
        assertThat(ending.isGood()).isFalse();
        assertThat(ending.words()).contains("exit code 4", "holds no journal");
    }
}
