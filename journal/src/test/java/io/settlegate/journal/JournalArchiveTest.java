package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.archive.ArchiveException;
import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.SegmentDirectory;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Segments taken out of a real store's journal and put back. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class JournalArchiveTest {
    @TempDir
    Path directory;

    private Path journal;
    private Path archives;
    private Store store;
    private long snapshotSequence;

    /** Segments 0 to 4, a snapshot in the last; its writer ends. */
    @BeforeEach
    void write() {
        journal = directory.resolve("journal");
        archives = directory.resolve("archives");
        store = ChronicleStore.in(journal, ChronicleConfiguration.defaults().withBlockLength(64 << 10));
        Fixture.found(store);
        try (Journal open = Fixture.open(store, new Recorded())) {
            for (int segment = 0; segment < 4; segment++) {
                append(open, 6);
                if (segment < 3) {
                    open.tendSegments(0);
                    open.beginNextSegment();
                }
            }
        }
        snapshotSequence = SnapshotWriter.write(store, new Recorded(), 2).sequence();
    }

    private static void append(final Journal open, final int batches) {
        for (int batch = 0; batch < batches; batch++) {
            Fixture.append(open, "a", 500);
            Fixture.append(open, "a", 20);
            Fixture.commit(open);
        }
    }

    private JournalArchive archive() {
        return new JournalArchive(journal, store, archives);
    }

    private List<ClosedSegment> archived(final int count) throws IOException {
        final List<ClosedSegment> segments = ClosedSegment.of(store).subList(0, count);
        for (final ClosedSegment segment : segments) {
            archive().archive(segment);
        }
        return segments;
    }

    private static Map<String, String> files(final Path directory) throws IOException {
        final TreeMap<String, String> files = new TreeMap<>();
        for (final Path file : SegmentDirectory.files(directory)) {
            files.put(file.getFileName().toString(), HexFormat.of().formatHex(Sm3.hash(Files.readAllBytes(file))));
        }
        return files;
    }

    private Recorded opened() {
        final Recorded recorded = new Recorded();
        Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, recorded)
                .close();
        return recorded;
    }

    @Test
    void shouldTakeSegmentsOutAndPutThemBackBitForBit() throws IOException {
        final Recorded all = new Recorded();
        JournalScan.read(store, all);
        final List<Map<String, String>> before = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            before.add(files(SegmentDirectory.of(journal, segment)));
        }
        final List<ClosedSegment> segments = archived(3);
        assertThat(segments.get(2).segment()).isEqualTo(2);
        assertThat(store.segments()).as("archiving removes nothing").hasSize(5);
        for (int segment = 0; segment < 3; segment++) {
            assertThat(Files.size(archives.resolve("segment-0000000" + segment + ".sga")))
                    .as("what was written, and not the blocks")
                    .isLessThan(16 << 10);
        }
        archive().remove(segments, snapshotSequence);
        assertThat(store.segments()).containsExactly(3, 4);

        assertThat(opened().commands.subList(0, all.commands.size())).isEqualTo(all.commands);
        final long first = segments.get(2).lastSequence() + 1;
        try (JournalFollower follower = JournalFollower.open(store)) {
            assertThat(follower.firstSequence()).isEqualTo(first);
            assertThat(follower.nextBatch()).isTrue();
            assertThat(follower.get(0).sequence()).isEqualTo(first);
            assertThatThrownBy(() -> follower.seek(first - 1))
                    .isInstanceOf(RecordArchivedException.class)
                    .hasMessageContaining("record " + (first - 1) + " is archived in segment 2")
                    .hasMessageContaining("restore-archived");
        }
        assertThatThrownBy(() -> JournalScan.read(store, new Recorded()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("archived");
        final List<byte[]> hashes = new ArrayList<>();
        new SealHashFile(journal)
                .read(
                        ArchivedCut.sealCount(store),
                        (bytes, offset) ->
                                hashes.add(java.util.Arrays.copyOfRange(bytes, offset, offset + Sm3.LENGTH)));
        assertThat(hashes).hasSize((int) segments.get(2).lastSeal() + 1);
        for (int seal = 0; seal < hashes.size(); seal++) {
            assertThat(hashes.get(seal)).isEqualTo(all.seals.get(seal).hash());
        }

        for (int segment = 2; segment >= 0; segment--) {
            archive().restore(segment);
            assertThat(files(SegmentDirectory.of(journal, segment))).isEqualTo(before.get(segment));
            assertThat(opened().commands).startsWith(all.commands.toArray(new String[0]));
        }
        assertThat(JournalVerification.verify(store).damages()).isEmpty();
        final Recorded again = new Recorded();
        Fixture.open(store, again).close();
        assertThat(again.commands).startsWith(all.commands.toArray(new String[0]));
    }

    @Test
    void shouldGoOnCuttingWhereItWasCut() throws IOException {
        archive().remove(archived(1), snapshotSequence);
        archive().remove(archived(2), snapshotSequence);
        assertThat(store.segments()).containsExactly(3, 4);
        assertThat(ArchivedCut.sealCount(store))
                .isEqualTo(ClosedSegment.of(store).get(0).firstSeal());
        opened();
        archive().restore(2);
        // Put back, looked at, removed again.
        archive().remove(archived(1), snapshotSequence);
        assertThat(store.segments()).startsWith(3);
        opened();
    }

    @Test
    void shouldRefuseASegmentThatIsMissingWithoutANotice() throws IOException {
        archive().remove(archived(2), snapshotSequence);
        SegmentDirectory.remove(journal, 3);
        assertThatThrownBy(this::opened)
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("segment 3")
                .hasMessageContaining("missing");
    }

    @Test
    void shouldRemoveOnlyTheOldestAndOnlyWhatASnapshotHolds() throws IOException {
        final List<ClosedSegment> segments = archived(3);
        assertThatThrownBy(() -> archive().remove(segments.subList(1, 2), snapshotSequence))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("from the oldest on");
        assertThatThrownBy(() -> archive().remove(segments, segments.get(1).lastSequence()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("no snapshot holds");
        assertThatThrownBy(() -> new JournalArchive(journal, store, directory.resolve("elsewhere"))
                        .remove(segments.subList(0, 1), snapshotSequence))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("has no archive");
        assertThat(store.segments()).hasSize(5);
        archive().remove(segments, snapshotSequence);
        assertThatThrownBy(() -> archive().restore(0))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("segments between them");
    }

    @Test
    void shouldBelieveNoChangedArchiveAndNoChangedSegment() throws IOException {
        final List<ClosedSegment> segments = archived(1);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            final Path file =
                    switch (round % 3) {
                        case 0 -> archives.resolve("segment-00000000.manifest");
                        case 1 -> archives.resolve("segment-00000000.sga");
                        default ->
                            SegmentDirectory.files(SegmentDirectory.of(journal, 0))
                                    .get(0);
                    };
            final long offset = random.nextLong(Files.size(file));
            final int bit = random.nextInt(8);
            flip(file, offset, bit);
            assertThatThrownBy(() -> archive().remove(segments, snapshotSequence))
                    .as("seed %d, %s, offset %d, bit %d", seed, file.getFileName(), offset, bit)
                    .isInstanceOf(ArchiveException.class);
            flip(file, offset, bit);
        }
        assertThat(store.segments()).hasSize(5);
        archive().remove(segments, snapshotSequence);
    }

    private static void flip(final Path path, final long offset, final int bit) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            final int value = file.read();
            file.seek(offset);
            file.write(value ^ 1 << bit);
        }
    }

    /** Wherever a removal ends, the journal opens, and the removal can be done again. */
    @Test
    void shouldOpenWhereverARemovalWasBrokenOff() throws IOException {
        final List<ClosedSegment> segments = archived(3);
        for (int good = 0; good < 4; good++) {
            final Store failing = failingNotes(good);
            assertThatThrownBy(() -> new JournalArchive(journal, failing, archives).remove(segments, snapshotSequence))
                    .isInstanceOf(IOException.class);
            opened();
            assertThat(JournalFollower.open(store).firstSequence()).isZero();
        }
        // The cut is written, and of the segments the newest is gone.
        for (final ClosedSegment segment : segments) {
            store.writeNote(
                    ArchivedCut.noteOf(segment.segment()),
                    archive().verified(segment.segment()).encode());
        }
        ArchivedCut.write(store, new SealHashFile(journal), 3, snapshotSequence);
        opened();
        SegmentDirectory.remove(journal, 2);
        opened();
        Files.move(SegmentDirectory.of(journal, 0), journal.resolve("leaving-segment-00000000"));
        opened();
        assertThat(store.segments()).startsWith(1, 3);
        archive().restore(2);
        assertThat(journal.resolve("leaving-segment-00000000")).doesNotExist();
        archive().remove(ClosedSegment.of(store).subList(0, 2), snapshotSequence);
        assertThat(store.segments()).startsWith(3);
        opened();
    }

    /** What a removal left undone is at the newer end, and the same command finishes it. */
    @Test
    void shouldFinishARemovalThatWasBrokenOffBetweenTwoSegments() throws IOException {
        final List<ClosedSegment> segments = archived(3);
        final Path away = directory.resolve("away");
        // Once the cut is written segment 1 cannot be removed.
        final Store failing = (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("writeNote") && arguments[0].equals(ArchivedNote.NAME)) {
                        Files.move(SegmentDirectory.of(journal, 1), away);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        assertThatThrownBy(() -> new JournalArchive(journal, failing, archives).remove(segments, snapshotSequence))
                .isInstanceOf(IOException.class);
        Files.move(away, SegmentDirectory.of(journal, 1));
        opened();
        assertThat(ClosedSegment.of(store))
                .extracting(ClosedSegment::segment)
                .as("nothing stays outside the chain")
                .startsWith(store.segments().get(0));
        archive().remove(ClosedSegment.of(store).subList(0, 2), snapshotSequence);
        assertThat(store.segments()).startsWith(3);
        opened();
    }

    private Store failingNotes(final int good) {
        final int[] calls = new int[1];
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("writeNote") && calls[0]++ == good) {
                        throw new IOException("injected: the disk is full");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
