package io.settlegate.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.ChronicleConfiguration.RollInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleStoreTest extends StoreContract {
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    Path directory;

    private final AtomicLong clockMs = new AtomicLong(1_700_000_000_000L);

    private ChronicleStore open() {
        return ChronicleStore.in(
                directory,
                ChronicleConfiguration.defaults()
                        .withBlockLength(64 << 10)
                        .withRoll(RollInterval.HOURLY, clockMs::get));
    }

    @Override
    Store store() {
        return open();
    }

    @Override
    Store another(final Store store) {
        return open();
    }

    @Override
    void roll() {
        clockMs.addAndGet(HOUR_MS);
    }

    @Test
    void shouldHaveNoAnalyticsOnTheClassPath() {
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void shouldLeaveNothingInTheHomeDirectory() throws IOException {
        final Path home = Path.of(System.getProperty("user.home"));
        final Set<Path> before = list(home);
        try (SegmentWriter writer = open().createSegment(0)) {
            writer.append(new UnsafeBuffer(new byte[100]), 0, 100);
            writer.force();
        }
        assertThat(list(home).stream()
                        .map(path -> path.getFileName().toString())
                        .filter(name -> name.contains("chronicle")))
                .isEmpty();
        assertThat(before).isNotNull();
    }

    private static Set<Path> list(final Path path) throws IOException {
        try (Stream<Path> listing = Files.list(path)) {
            return listing.collect(Collectors.toSet());
        }
    }

    /** Found in review: Chronicle goes back to the older file when the clock does, and readers meet the records out of order. */
    @Test
    void shouldKeepTheOrderWhenTheClockStepsBackOverARoll() throws IOException {
        final Store store = open();
        clockMs.set(clockMs.get() / HOUR_MS * HOUR_MS + 1_000);
        try (SegmentWriter writer = store.createSegment(0)) {
            for (int i = 0; i < 12; i++) {
                writer.append(new UnsafeBuffer(new byte[] {(byte) i, 1, 2, 3}), 0, 4);
                writer.force();
                // back over the hour, forward again, and over the next hour and back
                clockMs.addAndGet(new long[] {-2_000, 2_000, HOUR_MS, -HOUR_MS}[i % 4]);
            }
        }
        try (SegmentReader reader = new SegmentReader(store, 0)) {
            for (int i = 0; i < 12; i++) {
                assertThat(reader.next()).as("record %d", i).isTrue();
                assertThat(reader.record().getByte(0)).as("record %d", i).isEqualTo((byte) i);
            }
            assertThat(reader.next()).isFalse();
        }
    }

    /** Below level batch nobody forces through the writer; each roll would leave an open file behind. */
    @Test
    void shouldHoldFewFilesOpenHoweverManyRollsNobodyForces() throws IOException {
        final int rolls = 20;
        final Path segment = directory.resolve("by-hand");
        final ChronicleConfiguration configuration =
                ChronicleConfiguration.defaults().withBlockLength(64 << 10).withRoll(RollInterval.HOURLY, clockMs::get);
        try (ChronicleSegmentWriter writer = new ChronicleSegmentWriter(segment, configuration, () -> true)) {
            for (int i = 0; i < rolls; i++) {
                writer.append(new UnsafeBuffer(new byte[100]), 0, 100);
                assertThat(writer.openChannelCount()).as("after %d rolls", i).isLessThanOrEqualTo(2);
                roll();
            }
            writer.append(new UnsafeBuffer(new byte[100]), 0, 100);
            assertThat(writer.openChannelCount())
                    .as("the file that the last roll ended waits for the force")
                    .isEqualTo(2);
            writer.force();
            assertThat(writer.openChannelCount()).isEqualTo(1);
        }
        assertThat(list(segment).stream().filter(path -> path.toString().endsWith(".cq4")))
                .hasSize(rolls + 1);
    }

    @Test
    void shouldNameGarbageInTheMetadata() throws IOException {
        final Store store = open();
        try (SegmentWriter writer = store.createSegment(0)) {
            writer.append(new UnsafeBuffer(new byte[100]), 0, 100);
            writer.force();
        }
        assertThat(store.faultBeside(0)).isNull();
        Files.write(directory.resolve("segment-00000000/metadata.cq4t"), new byte[] {9, 9, 9, 9, 9, 9, 9, 9});
        assertThat(store.faultBeside(0)).contains("metadata.cq4t");
    }

    /** Found while stale locks were tried: the refused attempt closed the file, and the kernel took the lock away with it. */
    @Test
    @Timeout(60)
    void shouldKeepItsLockAgainstOtherProcessesWhenASecondAttemptInThisOneIsRefused() throws Exception {
        final StoreLock lock = open().lock();
        assertThatThrownBy(() -> open().lock())
                .isInstanceOf(StoreLockedException.class)
                .hasMessageContaining("(this process)");
        final Process other = LockProbe.start(directory);
        assertThat(LockProbe.said(other))
                .contains("is open in another writer (process "
                        + ProcessHandle.current().pid() + " since ");
        LockProbe.kill(other);
        lock.close();
        open().lock().close();
    }

    @Test
    @Timeout(60)
    void shouldNameTheProcessThatHoldsTheLockAndNotBeBlockedOnceItIsDead() throws Exception {
        final Process other = LockProbe.start(directory);
        assertThat(LockProbe.said(other)).isEqualTo("locked " + other.pid());
        assertThatThrownBy(() -> open().lock())
                .isInstanceOf(StoreLockedException.class)
                .hasMessageContaining("(process " + other.pid() + " since ")
                .hasMessageContaining("stop that process first");
        LockProbe.kill(other);
        assertThat(Files.readString(directory.resolve("writer.lock"))).contains(String.valueOf(other.pid()));
        open().lock().close();
    }
}
