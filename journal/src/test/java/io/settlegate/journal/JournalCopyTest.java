package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.backup.CopyProgress;
import io.settlegate.journal.backup.CopyRefusedException;
import io.settlegate.journal.backup.CopyReport;
import io.settlegate.journal.backup.JournalCopy;
import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a real store's journal, while it is written. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class JournalCopyTest {
    @TempDir
    Path directory;

    private Path live;
    private Path copy;

    @BeforeEach
    void found() {
        live = directory.resolve("live");
        copy = directory.resolve("copy");
        Fixture.found(store(live));
    }

    private static Store store(final Path path) {
        return ChronicleStore.in(path, ChronicleConfiguration.defaults().withBlockLength(64 << 10));
    }

    private static void write(final Journal journal, final int batches) {
        for (int batch = 0; batch < batches; batch++) {
            Fixture.append(journal, "b", 2000);
            Fixture.append(journal, "b", 20);
            journal.commit(1, 2);
        }
    }

    private static void roll(final Journal journal) {
        journal.tendSegments(0);
        journal.beginNextSegment();
    }

    private static void assertSame(final Path copied, final End head) {
        assertThat(JournalVerification.verify(store(copied)).damages()).isEmpty();
        assertThat(CopiedHead.of(store(copied)).seal()).isEqualTo(head.seal());
    }

    /** The seal that a copy must end at. */
    private record End(io.settlegate.protocol.receipt.Seal seal) {
        static End of(final Journal journal) {
            return new End(journal.durableMark().seal());
        }
    }

    @Test
    void shouldCopyARunningJournalAndThenOnlyWhatIsNew() throws IOException {
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 40);
            roll(journal);
            write(journal, 40);
            // The open batch and a segment that waits are nobody's business.
            journal.tendSegments(0);
            Fixture.append(journal, "open", 50);
            final CopyReport first = JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertThat(first.before()).isNull();
            assertThat(first.segmentCount()).isEqualTo(3);
            assertThat(first.last()).isEqualTo(journal.durableMark().seal());
            assertSame(copy, End.of(journal));
            final CopyReport nothing = JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertThat(nothing.copiedLength()).isZero();
            assertThat(nothing.recordCount()).isZero();
            journal.commit(1, 2);
            journal.beginNextSegment();
            write(journal, 3);
            final CopyReport second = JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertThat(second.recordCount()).isEqualTo(8);
            assertThat(second.segmentCount()).isEqualTo(2);
            assertThat(second.copiedLength()).isBetween(6_000L, first.copiedLength() / 2 + 200_000);
            assertSame(copy, End.of(journal));
        }
    }

    @Test
    void shouldLeaveAJournalThatOpensAndGoesOn() throws IOException {
        final Recorded before = new Recorded();
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 5);
            roll(journal);
            write(journal, 5);
            JournalCopy.copy(live, copy, CopyProgress.NONE);
            JournalScan.read(store(live), before);
        }
        final Path restored = directory.resolve("restored");
        JournalCopy.copy(copy, restored, CopyProgress.NONE);
        final Recorded after = new Recorded();
        try (Journal journal = Fixture.open(store(restored), after)) {
            assertThat(after.commands.subList(0, before.commands.size())).isEqualTo(before.commands);
            assertThat(after.commands).hasSize(before.commands.size() + 1);
            write(journal, 2);
        }
        assertThat(store(restored).setAsideNames()).isEmpty();
        assertThat(JournalVerification.verify(store(restored)).damages()).isEmpty();
    }

    /** A power cut may keep later pages of a file and not its first: a segment has its name only once it is forced. */
    @Test
    void shouldNotNameASegmentBeforeItIsWhole() throws IOException {
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 20);
            final List<Integer> named = new ArrayList<>();
            final int[] steps = new int[1];
            JournalCopy.copy(live, copy, (step, length) -> {
                if (step == CopyProgress.Step.COPY && steps[0]++ == 0) {
                    named.addAll(store(copy).segments());
                }
            });
            assertThat(steps[0]).isPositive();
            assertThat(named).isEmpty();
            assertSame(copy, End.of(journal));
        }
    }

    /** No record is in a snapshot: a bad one is left out and told of, on a first copy and on a later one. */
    @Test
    void shouldLeaveOutABadSnapshot() throws IOException {
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            batch(journal);
            final long good =
                    SnapshotWriter.write(store(live), new Recorded(), 9).sequence();
            batch(journal);
            final long bad =
                    SnapshotWriter.write(store(live), new Recorded(), 9).sequence();
            spoil(store(live).snapshots().describe(bad));
            final CopyReport first = JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertThat(first.leftOut()).singleElement().satisfies(check -> {
                assertThat(check.sequence()).isEqualTo(bad);
                assertThat(check.finding()).isEqualTo(SnapshotCheck.Finding.BAD);
            });
            assertThat(store(copy).snapshots().sequences()).containsExactly(good);
            assertSame(copy, End.of(journal));
            batch(journal);
            final CopyReport second = JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertThat(second.leftOut()).hasSize(1);
            assertThat(store(copy).snapshots().sequences()).containsExactly(good);
            assertSame(copy, End.of(journal));
        }
    }

    /** Under a seal that states the replayed state, as a snapshot wants it. */
    private static void batch(final Journal journal) {
        Fixture.append(journal, "b", 500);
        Fixture.commit(journal);
    }

    private static void spoil(final String place) throws IOException {
        final Path file = Path.of(place);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    /** Whatever ends a copy, the one before it stands, and the next goes on. */
    @Test
    void shouldKeepTheCopyBeforeWhereOneIsBrokenOff() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int brokenCount = 0;
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 3);
            JournalCopy.copy(live, copy, CopyProgress.NONE);
            for (int round = 0; round < 25; round++) {
                final CopiedHead head = CopiedHead.of(store(copy));
                write(journal, 1 + random.nextInt(30));
                if (random.nextInt(3) == 0) {
                    roll(journal);
                    write(journal, random.nextInt(20));
                }
                final int breakAt = random.nextInt(4);
                final int[] steps = new int[1];
                try {
                    JournalCopy.copy(live, copy, (step, length) -> {
                        if (steps[0]++ == breakAt) {
                            throw new IllegalStateException("broken off");
                        }
                    });
                } catch (final IllegalStateException e) {
                    brokenCount++;
                    assertThat(CopiedHead.of(store(copy))).as("seed %d", seed).isEqualTo(head);
                    if (random.nextInt(3) == 0) {
                        final Path restored = directory.resolve("restored-" + round);
                        assertThat(JournalCopy.copy(copy, restored, CopyProgress.NONE)
                                        .last())
                                .as("seed %d", seed)
                                .isEqualTo(head.seal());
                        assertSame(restored, new End(head.seal()));
                    }
                }
            }
            JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertSame(copy, End.of(journal));
        }
        assertThat(brokenCount).as("seed %d", seed).isGreaterThan(5);
    }

    @Test
    void shouldNotBelieveWhatWasCopiedWrong() throws IOException {
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 3);
            JournalCopy.copy(live, copy, CopyProgress.NONE);
            final CopiedHead head = CopiedHead.of(store(copy));
            write(journal, 3);
            assertThatThrownBy(() -> JournalCopy.copy(live, copy, (step, length) -> {
                        if (step == CopyProgress.Step.CHECK) {
                            flipBit(head.segment(), head.position() + 300);
                        }
                    }))
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("copy again");
            assertThat(CopiedHead.of(store(copy))).isEqualTo(head);
            JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertSame(copy, End.of(journal));
        }
    }

    private void flipBit(final int segment, final long offset) {
        try (Stream<Path> files = Files.list(copy.resolve(String.format("segment-%08d", segment)));
                RandomAccessFile file =
                        new RandomAccessFile(files.findFirst().orElseThrow().toFile(), "rw")) {
            file.seek(offset);
            final int value = file.read();
            file.seek(offset);
            file.write(value ^ 4);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldRefuseToCarryOnACopyThatTheJournalContradicts() throws IOException {
        final Path older = directory.resolve("older");
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 2);
            JournalCopy.copy(live, older, CopyProgress.NONE);
            write(journal, 2);
            JournalCopy.copy(live, copy, CopyProgress.NONE);
        }
        final CopiedHead head = CopiedHead.of(store(copy));
        // The older copy is put back: it ends before this one.
        assertThatThrownBy(() -> JournalCopy.copy(older, copy, CopyProgress.NONE))
                .isInstanceOf(CopyRefusedException.class)
                .hasMessageContaining("only to record");
        final Path restored = directory.resolve("restored");
        JournalCopy.copy(older, restored, CopyProgress.NONE);
        try (Journal journal = Fixture.open(store(restored), new Recorded())) {
            write(journal, 9);
        }
        // It went on: other seals of the same numbers.
        assertThatThrownBy(() -> JournalCopy.copy(restored, copy, CopyProgress.NONE))
                .isInstanceOf(CopyRefusedException.class)
                .hasMessageContaining("another one of that number");
        assertThat(CopiedHead.of(store(copy))).isEqualTo(head);
        assertThat(JournalVerification.verify(store(copy)).damages()).isEmpty();
    }

    /** After a failed force the journal has the doubted batches twice: the copy must have the second ones too. */
    @Test
    void shouldFollowAJournalThatCopiedItsOwnTail() throws IOException {
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 2);
            final io.settlegate.protocol.receipt.Seal durable =
                    journal.durableMark().seal();
            write(journal, 2);
            JournalCopy.copy(live, copy, CopyProgress.NONE);
            store(live)
                    .writeNote(
                            HeadNote.FORCE_FAILED,
                            HeadNote.of(HeadNote.Occasion.FORCE_FAILED, 1, durable)
                                    .encode());
        }
        try (Journal journal = Fixture.open(store(live), new Recorded())) {
            write(journal, 2);
            final CopyReport report = JournalCopy.copy(live, copy, CopyProgress.NONE);
            assertThat(report.recordCount()).isEqualTo(5);
            assertSame(copy, End.of(journal));
        }
    }
}
