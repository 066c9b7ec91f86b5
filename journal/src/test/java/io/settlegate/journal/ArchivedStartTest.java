package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A journal whose first segments are not there any more: what may be missing, and what the rest still proves. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ArchivedStartTest {
    private static final int FIRST_KEPT = 2;

    private final MemoryStore store = new MemoryStore(new MemoryFaults(1));
    private JournalScan archived;
    private long snapshotSequence;

    /** Segments 0 to 3: the founding, and three of an opening and three batches; a snapshot in segment 2. */
    private void write() {
        Fixture.found(store);
        for (int segment = 1; segment <= 3; segment++) {
            try (Journal journal =
                    Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded())) {
                for (int i = 0; i < 3; i++) {
                    Fixture.append(journal, "s" + segment, 20);
                    Fixture.commit(journal);
                    if (segment == FIRST_KEPT && i == 1) {
                        snapshotSequence =
                                SnapshotWriter.write(store, new Recorded(), 9).sequence();
                    }
                }
            }
        }
        // Record 5 opens segment 2.
        archived = JournalScan.read(store, new Recorded(), ScanEnd.atSequence(4));
    }

    private void archive() throws IOException {
        store.writeNote(ArchivedNote.NAME, new ArchivedNote(FIRST_KEPT, snapshotSequence, archived.anchor()).encode());
        store.removeSegment(0);
        store.removeSegment(1);
    }

    @Test
    void shouldRefuseMissingSegmentsThatNobodyArchived() {
        write();
        store.removeSegment(0);
        store.removeSegment(1);
        assertThatThrownBy(
                        () -> Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("segment 1")
                .hasMessageContaining("missing");
    }

    @Test
    void shouldStartFromTheSnapshotWithoutTheArchivedSegments() throws IOException {
        write();
        archive();
        assertThat(Journal.genesisOf(store).insuplcAdmdvs()).isEqualTo("330100");
        final Recorded recorded = new Recorded();
        try (Journal journal = Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, recorded);
                JournalReader reader = journal.newReader()) {
            assertThat(journal.begunFrom().sequence()).isEqualTo(snapshotSequence);
            assertThat(journal.genesis().gatewayId()).isEqualTo("GW-TEST");
            assertThat(recorded.kinds).hasSize(14);
            assertThat(reader.read(5).sequence()).isEqualTo(5);
            assertThatThrownBy(() -> reader.read(4))
                    .isInstanceOf(RecordArchivedException.class)
                    .hasMessageContaining("record 4");
            Fixture.append(journal, "on", 10);
            assertThat(Fixture.commit(journal).lastSequence()).isEqualTo(14);
        }
        assertThatThrownBy(() -> JournalScan.read(store, new Recorded()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("records before 5 are archived");
        assertThat(JournalScan.readFromSnapshot(store, new Recorded(), ScanEnd.none())
                        .lastSeal()
                        .lastSequence())
                .isEqualTo(14);
        assertThatThrownBy(() -> JournalScan.readFromSnapshot(store, new Recorded(), ScanEnd.atSequence(6)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("archived")
                .hasMessageContaining("beyond what is asked for");
    }

    /** Found by seeded faults: with the segment that it closes, a snapshot was given up too, and nothing could start. */
    @Test
    void shouldStartFromASnapshotOfTheVeryEndOfWhatIsArchived() throws IOException {
        Fixture.found(store);
        for (int segment = 1; segment <= FIRST_KEPT; segment++) {
            try (Journal journal = Fixture.open(store, new Recorded())) {
                for (int i = 0; i < 3; i++) {
                    Fixture.append(journal, "s" + segment, 20);
                    Fixture.commit(journal);
                }
            }
            if (segment == 1) {
                snapshotSequence =
                        SnapshotWriter.write(store, new Recorded(), 9).sequence();
            }
        }
        archived = JournalScan.read(store, new Recorded(), ScanEnd.atSequence(4));
        assertThat(snapshotSequence).isEqualTo(4);
        archive();
        assertThat(JournalVerification.verify(store).damages()).isEmpty();
        for (int start = 0; start < 2; start++) {
            final Recorded recorded = new Recorded();
            try (Journal journal = Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, recorded);
                    JournalReader reader = journal.newReader()) {
                assertThat(journal.begunFrom().sequence()).isEqualTo(4);
                assertThat(recorded.commands.get(8)).contains("s" + FIRST_KEPT);
                assertThat(reader.read(6).sequence()).isEqualTo(6);
                assertThatThrownBy(() -> reader.read(4)).isInstanceOf(RecordArchivedException.class);
            }
        }
    }

    @Test
    void shouldVerifyWhatIsKeptFromTheAnchorOn() throws IOException {
        write();
        final JournalVerification.Report before = JournalVerification.verify(store);
        archive();
        final JournalVerification.Report report = JournalVerification.verify(store);
        assertThat(report.damages()).isEmpty();
        assertThat(report.archived().describe()).contains("records 0 to 4").contains("behind seal 4");
        assertThat(report.recordCount()).isEqualTo(before.recordCount() - 5);
        assertThat(report.lastSeal()).isEqualTo(before.lastSeal());
        assertThat(report.snapshots()).singleElement().satisfies(check -> assertThat(check.finding())
                .isEqualTo(SnapshotCheck.Finding.GOOD));

        store.flipBit(FIRST_KEPT, 0, 700, 3);
        assertThat(JournalVerification.verify(store).isGood()).isFalse();
    }

    @Test
    void shouldFollowWhatIsKept() throws IOException {
        write();
        archive();
        try (JournalFollower follower = JournalFollower.open(store)) {
            assertThat(follower.firstSequence()).isEqualTo(5);
            assertThat(follower.nextBatch()).isTrue();
            assertThat(follower.get(0).sequence()).isEqualTo(5);
            assertThatThrownBy(() -> follower.seek(2)).isInstanceOf(RecordArchivedException.class);
            final ArchivedEnd end = follower.archivedEnd();
            assertThat(end.lastSequence()).isEqualTo(4);
            assertThat(end.sealNumber()).isEqualTo(archived.lastSeal().sealNumber());
            assertThat(end.sealHash()).isEqualTo(archived.lastSeal().hash());
            assertThat(end.timeMs()).isEqualTo(archived.lastSeal().timeMs());
        }
        final int[] count = {0};
        JournalScan.readKept(
                store,
                new ReplayListener() {
                    @Override
                    public void onRecord(final RecordView record) {
                        count[0]++;
                    }

                    @Override
                    public void onSeal(final io.settlegate.protocol.receipt.Seal seal) {
                        // Counted are records.
                    }

                    @Override
                    public long stateHashHigh() {
                        return 0;
                    }

                    @Override
                    public long stateHashLow() {
                        return 0;
                    }
                },
                ScanEnd.none());
        assertThat(count[0]).isEqualTo(8);
    }

    @Test
    void shouldReadAllThatCanBeReplayed() throws IOException {
        write();
        final long newest = SnapshotWriter.write(store, new Recorded(), 9).sequence();
        assertThat(newest).isGreaterThan(snapshotSequence);
        assertThat(JournalScan.readAll(store, new Recorded(), ScanEnd.none())
                        .begunFrom()
                        .isFromSnapshot())
                .as("all is there")
                .isFalse();
        try (JournalFollower follower = JournalFollower.open(store)) {
            assertThat(follower.archivedEnd()).isNull();
        }
        archive();
        final JournalScan all = JournalScan.readAll(store, new Recorded(), ScanEnd.none());
        assertThat(all.begunFrom().sequence()).as("the oldest").isEqualTo(snapshotSequence);
        assertThat(all.lastSeal().lastSequence()).isEqualTo(newest);
        assertThat(JournalScan.readFromSnapshot(store, new Recorded(), ScanEnd.none())
                        .begunFrom()
                        .sequence())
                .isEqualTo(newest);
    }

    @Test
    void shouldRefuseAStartWithoutAnySnapshotAndSayWhatToDo() throws IOException {
        write();
        archive();
        store.truncateSnapshot(snapshotSequence, 400);
        assertThatThrownBy(
                        () -> Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("records before 5 are archived")
                .hasMessageContaining("snapshot " + snapshotSequence)
                .hasMessageContaining("was cut off, or damaged")
                .hasMessageContaining("restore the archived segments");
        assertThatThrownBy(() -> Fixture.open(store, new Recorded())).hasMessageContaining("archived");
    }

    @Test
    void shouldNeverDeleteTheSnapshotThatTheArchivingLeansOn() throws IOException {
        write();
        archive();
        for (int i = 0; i < 4; i++) {
            try (Journal journal =
                    Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded())) {
                SnapshotWriter.write(store, new Recorded(), 2);
                assertThat(journal.nextSequence()).isEqualTo(14 + i);
            }
        }
        assertThat(store.snapshots().sequences()).hasSize(3).startsWith(snapshotSequence);
    }

    @Test
    void shouldRefuseANoteThatIsDamagedOrOfAnotherCut() throws IOException {
        write();
        archive();
        final byte[] note = store.readNote(ArchivedNote.NAME);
        for (int offset = 0; offset < note.length; offset++) {
            note[offset] ^= 1;
            store.writeNote(ArchivedNote.NAME, note);
            assertThatThrownBy(() ->
                            Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded()))
                    .as("byte %d", offset)
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("archived note");
            note[offset] ^= 1;
        }
        store.writeNote(
                ArchivedNote.NAME, new ArchivedNote(FIRST_KEPT + 1, snapshotSequence, archived.anchor()).encode());
        assertThatThrownBy(
                        () -> Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("archived note");
    }
}
