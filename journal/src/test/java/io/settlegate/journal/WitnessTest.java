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
}
