package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.StoreDamage;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What speaks of a seal outside of the segments. All of it was found by {@link FaultsTest}. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class WitnessTest {
    private final MemoryStore store = new MemoryStore(new MemoryFaults(1));

    /** Three batches after the opening, of which the head note does not know; the process is killed. */
    private MemoryStore killed(final DurabilityLevel level) {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, level, new Recorded());
        for (int batch = 0; batch < 3; batch++) {
            Fixture.append(journal, "b" + batch, 10);
            Fixture.commit(journal);
        }
        return store.afterKill();
    }

    /** Nothing stands behind the cut, as if nothing had ever been written there. */
    @Test
    void shouldRefuseAFileCutBehindTheHeadNoteWhereTheMarkSaysThatMoreWasForced() {
        final MemoryStore left = killed(DurabilityLevel.BATCH);
        left.truncate(1, 0, 700);
        assertThatThrownBy(() -> Fixture.open(left, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("seal 4 over record 4 was durable")
                .hasMessageContaining("move durable.mark away");
        assertThat(JournalVerification.verify(left).first().field()).isEqualTo("durable mark");
        left.publishMark(new byte[64]);
        assertThat(JournalVerification.verify(left).damages()).isEmpty();
    }

    /** The page of the mark may reach the disk where the records do not. */
    @Test
    void shouldNotBelieveTheMarkOfAWriterThatDidNotForce() {
        final MemoryStore left = killed(DurabilityLevel.PROCESS);
        left.truncate(1, 0, 700);
        final Recorded recorded = new Recorded();
        Fixture.open(left, recorded).close();
        assertThat(recorded.commands).noneMatch(command -> command.contains("b2"));
    }

    @Test
    void shouldFindInVerifyTooThatTheHeadNoteNamesAnotherSeal() throws IOException {
        final MemoryStore left = killed(DurabilityLevel.BATCH);
        final HeadNote head = HeadNote.decode(HeadNote.HEAD, left.readNote(HeadNote.HEAD));
        left.writeNote(
                HeadNote.HEAD,
                new HeadNote(head.occasion(), head.segment(), head.sealNumber(), head.lastSequence(), new byte[32])
                        .encode());
        assertThatThrownBy(() -> Fixture.open(left, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("the head note names another seal");
        final Damage damage = JournalVerification.verify(left).first();
        assertThat(damage.field()).isEqualTo("hash");
        assertThat(damage.reason()).contains("the head note names another seal of this number");
        assertThat(damage.sealNumber()).isEqualTo(head.sealNumber());
    }

    @Test
    void shouldSayThatAllSegmentsAreMissingAndFoundNothingInTheirPlace() {
        final MemoryStore left = killed(DurabilityLevel.BATCH);
        left.removeSegment(0);
        left.removeSegment(1);
        assertThatThrownBy(() -> Fixture.open(left, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("nothing can be read");
        assertThat(JournalVerification.verify(left).damages()).isNotEmpty();
        assertThatThrownBy(() -> Fixture.found(left))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("there was a journal here");
    }

    @Test
    void shouldFindWithoutAnExceptionThatTheFirstRecordFoundsNothing() throws IOException {
        final MemoryStore left = killed(DurabilityLevel.BATCH);
        SnapshotWriter.write(left, new Recorded(), 1);
        new StoreDamage(left, new Random(1)).swapSegments();
        assertThat(JournalVerification.verify(left).damages()).isNotEmpty();
        assertThatThrownBy(() -> Journal.genesisOf(left))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("no founding record");
    }

    /** The frame's word of a seal seems to say that it is Chronicle's own content: it is passed over, and nothing stands behind. */
    @Test
    void shouldRefuseASealWhoseFrameIsPassedOver() {
        final MemoryStore left = killed(DurabilityLevel.BATCH);
        left.publishMark(new byte[64]);
        long seal = 0;
        try (SegmentReader reader = new SegmentReader(left, 1)) {
            while (reader.next()) {
                seal = reader.position();
            }
        }
        left.flipBit(1, 0, Frames.offset(seal) + 3, 6);
        assertThatThrownBy(() -> Fixture.open(left, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("seal 4")
                .hasMessageContaining("a whole seal stands there");
        assertThat(JournalVerification.verify(left).damages()).isNotEmpty();
    }

    /** The newest segment under an older one's name: the chain from the highest number passes it over. */
    @Test
    void shouldRefuseToPassOverASegmentThatHoldsSealedRecords() throws IOException {
        Fixture.found(store);
        for (int start = 0; start < 4; start++) {
            try (Journal journal = Fixture.open(store, DurabilityLevel.PROCESS, new Recorded())) {
                Fixture.append(journal, "s" + start, 10);
                Fixture.commit(journal);
                if (start == 0) {
                    journal.forceInBackground();
                    store.writeNote("older", store.readNote(HeadNote.HEAD));
                }
            }
        }
        store.writeNote(HeadNote.HEAD, store.readNote("older"));
        StoreDamage.swapSegments(store, 2, 4);
        assertThatThrownBy(() -> Fixture.open(store, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("holds sealed records, and no later segment goes on after it");
        assertThat(JournalVerification.verify(store).damages()).isNotEmpty();
    }

    /** After a failed force behind a roll, the segment that was rolled to is copied, and its copies go on after the one before it. */
    @Test
    void shouldPassOverASegmentOfWhichTheNextHoldsCopies() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        Fixture.append(journal, "one", 10);
        Fixture.commit(journal);
        journal.tendSegments(0);
        store.faults().failedForcePerMille(1_000);
        assertThatThrownBy(journal::beginNextSegment).isInstanceOf(ForceFailedException.class);
        store.faults().failedForcePerMille(0);
        final MemoryStore left = store.afterKill();
        for (int start = 0; start < 3; start++) {
            final Recorded recorded = new Recorded();
            Fixture.open(left, recorded).close();
            assertThat(recorded.commands).anyMatch(command -> command.contains("one"));
            assertThat(JournalVerification.verify(left).damages()).isEmpty();
        }
    }

    /** What stands before a later segment was forced, whatever the level and whatever became of the head note. */
    @Test
    void shouldBelieveAnUnforcedSnapshotOfASegmentThatAnotherFollows() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, DurabilityLevel.PROCESS, new Recorded());
        Fixture.append(journal, "one", 10);
        Fixture.commit(journal);
        final long snapshot = SnapshotWriter.write(store, new Recorded(), 1).sequence();
        store.deleteNote(HeadNote.HEAD);
        final MemoryStore before = store.copy(new MemoryFaults(1));
        assertThat(begunFrom(before)).as("of the last segment").isEqualTo(-1);
        journal.tendSegments(0);
        journal.beginNextSegment();
        assertThat(begunFrom(store.afterKill())).isEqualTo(snapshot);
    }

    private static long begunFrom(final MemoryStore store) {
        try (Journal journal =
                Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded())) {
            return journal.begunFrom().sequence();
        }
    }
}
