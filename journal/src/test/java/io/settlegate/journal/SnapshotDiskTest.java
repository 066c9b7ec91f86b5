package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots as files: what a killed maker leaves, and bits and ends that a disk loses. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SnapshotDiskTest {
    private static final long SEED = Long.getLong("settlegate.seed", 20261128L);

    @TempDir
    Path directory;

    private ChronicleStore store() {
        return ChronicleStore.in(directory, ChronicleConfiguration.defaults().withBlockLength(64 << 10));
    }

    private Journal open(final Recorded recorded) {
        return Journal.openFromSnapshot(store(), Fixture.IDENTITY, DurabilityLevel.BATCH, recorded);
    }

    /** Snapshots at 4 and 7, and three records after the last. */
    private void write() {
        Fixture.found(store());
        try (Journal journal = open(new Recorded())) {
            for (int i = 0; i < 9; i++) {
                Fixture.append(journal, "on disk", 3_000);
                Fixture.commit(journal);
                if (i == 2 || i == 5) {
                    SnapshotWriter.write(store(), new Recorded(), 2);
                }
            }
        }
    }

    private Path file(final long sequence) {
        return directory.resolve(String.format("snapshots/snapshot-%020d.sgs", sequence));
    }

    @Test
    void shouldUseTheOneBeforeWhereABitOrTheEndIsLost() throws IOException {
        write();
        final Random random = new Random(SEED);
        final byte[] whole = Files.readAllBytes(file(7));
        for (int round = 0; round < 40; round++) {
            if (round % 2 == 0) {
                try (RandomAccessFile file = new RandomAccessFile(file(7).toFile(), "rw")) {
                    final int offset = random.nextInt(whole.length);
                    file.seek(offset);
                    file.write(whole[offset] ^ 1 << random.nextInt(8));
                }
            } else {
                Files.write(file(7), java.util.Arrays.copyOf(whole, random.nextInt(whole.length)));
            }
            final Recorded recorded = new Recorded();
            final JournalScan scan = JournalScan.readFromSnapshot(store(), recorded, ScanEnd.none());
            assertThat(scan.begunFrom().sequence())
                    .as("round %d, seed %d", round, SEED)
                    .isEqualTo(4);
            assertThat(scan.begunFrom().refused().get(0).describe())
                    .contains(file(7).toString())
                    .contains("byte");
            assertThat(recorded.kinds).hasSize(11);
            assertThat(JournalVerification.verify(store()).damages()).hasSize(1);
            Files.write(file(7), whole);
        }
        try (Journal journal = open(new Recorded())) {
            assertThat(journal.begunFrom().sequence()).isEqualTo(7);
        }
        assertThat(JournalVerification.verify(store()).damages()).isEmpty();
    }

    @Test
    void shouldPassOverAndRemoveWhatAKilledMakerLeft() throws IOException {
        write();
        final Path left = directory.resolve("snapshots/snapshot-00000000000000000010.sgs.new");
        Files.write(left, java.util.Arrays.copyOf(Files.readAllBytes(file(7)), 5_000));
        Files.writeString(directory.resolve("snapshots/notes-of-an-operator.txt"), "not ours");
        try (Journal journal = open(new Recorded())) {
            assertThat(journal.begunFrom().sequence()).isEqualTo(7);
            assertThat(journal.begunFrom().refused()).isEmpty();
        }
        SnapshotWriter.write(store(), new Recorded(), 1);
        try (Stream<Path> names = Files.list(directory.resolve("snapshots"))) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "notes-of-an-operator.txt", file(11).getFileName().toString());
        }
    }

    @Test
    void shouldLeaveTheFilesOfARunningWriterAlone() throws IOException {
        Fixture.found(store());
        try (Journal journal = open(new Recorded())) {
            Fixture.append(journal, "one", 10);
            Fixture.commit(journal);
            final List<String> before = namesBeside();
            SnapshotWriter.write(store(), new Recorded(), 2);
            final List<String> after = namesBeside();
            assertThat(after).containsAll(before);
            assertThat(after.stream().filter(name -> !before.contains(name)))
                    .containsExactlyInAnyOrder("snapshot.lock", "snapshots");
            Fixture.append(journal, "two", 10);
            assertThat(Fixture.commit(journal).lastSequence()).isEqualTo(3);
        }
    }

    private List<String> namesBeside() throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return names.map(path -> path.getFileName().toString()).toList();
        }
    }
}
