package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a start believes of a journal whose seals were not forced, and what a failed background force does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class UnforcedLevelsTest {
    private static final int SECTOR_LENGTH = 512;
    private static final int BATCHES = 6;

    private final MemoryStore store = new MemoryStore(new MemoryFaults(1));

    /** Six batches of two long records in segment 1; the process ends without a word. */
    private Journal write(final DurabilityLevel level) {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, level, new Recorded());
        for (int batch = 0; batch < BATCHES; batch++) {
            commit(journal, level);
        }
        return journal;
    }

    private static void commit(final Journal journal, final DurabilityLevel level) {
        Fixture.append(journal, "one", 1500);
        if (level != DurabilityLevel.RECORD) {
            Fixture.append(journal, "two", 1500);
        }
        Fixture.commit(journal);
    }

    /** Loses the sector in the middle of the record of this place among those with a sequence in segment 1. */
    private void loseASectorOf(final int place) {
        final long start = sequencedRecords().get(place);
        store.zero(1, 0, (start / SECTOR_LENGTH + 1) * SECTOR_LENGTH, SECTOR_LENGTH);
    }

    private List<Long> sequencedRecords() {
        final List<Long> starts = new ArrayList<>();
        final RecordFlyweight record = new RecordFlyweight();
        try (SegmentReader reader = new SegmentReader(store, 1)) {
            while (reader.next() && record.wrap(reader.record()) == null) {
                if (record.kind().isSequenced()) {
                    starts.add(Frames.offset(reader.position()));
                }
            }
        }
        return starts;
    }

    @Test
    void shouldSetAsideValidRecordsBehindLostPagesAndSayHowMany() {
        for (final DurabilityLevel level : List.of(DurabilityLevel.PROCESS, DurabilityLevel.NONE)) {
            final UnforcedLevelsTest fresh = new UnforcedLevelsTest();
            fresh.write(level);
            fresh.loseASectorOf(5);
            final MemoryStore restarted = fresh.store.afterKill();
            final Recorded recorded = new Recorded();
            try (Journal journal = Fixture.open(restarted, level, recorded)) {
                // Founding and opening, two whole batches of two, and the new opening.
                assertThat(recorded.kinds).hasSize(2 + 4 + 1);
                // Of twelve records four are believed and one is lost.
                assertThat(journal.setAside().reason())
                        .contains("level " + level)
                        .contains("7 whole records and 4 seals behind seal 3")
                        .contains("up to record 13 and seal 7");
                assertThat(journal.setAside().length()).isGreaterThan(8 * 1500);
                assertThat(restarted.setAsideNames())
                        .containsExactly(journal.setAside().name());
            }
            assertThat(JournalVerification.verify(restarted).damages()).isEmpty();
        }
    }

    @Test
    void shouldRefuseTheSameHoleWhereEverySealWasForced() {
        for (final DurabilityLevel level : List.of(DurabilityLevel.BATCH, DurabilityLevel.RECORD)) {
            final UnforcedLevelsTest fresh = new UnforcedLevelsTest();
            fresh.write(level);
            fresh.loseASectorOf(3);
            final MemoryStore restarted = fresh.store.afterKill();
            // As after a power cut: the mark would speak first.
            restarted.publishMark(new byte[0]);
            // What counts is the level of the last good seal, not that of the new start.
            assertThatThrownBy(() -> Fixture.open(restarted, DurabilityLevel.NONE, new Recorded()))
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("valid records of a later batch");
            assertThat(restarted.setAsideNames()).isEmpty();
        }
    }

    @Test
    void shouldRefuseAHoleBeforeTheHeadNote() {
        final Journal journal = write(DurabilityLevel.PROCESS);
        assertThat(journal.forceInBackground().lastSequence()).isEqualTo(13);
        commit(journal, DurabilityLevel.PROCESS);
        assertThat(journal.forcedMark().lastSequence()).isEqualTo(13);
        assertThat(journal.durableMark().lastSequence()).isEqualTo(15);
        loseASectorOf(5);
        assertThatThrownBy(() -> Fixture.open(store.afterKill(), DurabilityLevel.PROCESS, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("head note");
    }

    @Test
    void shouldRefuseAFlippedBitAlsoWhereNothingWasForced() {
        write(DurabilityLevel.PROCESS);
        store.flipBit(1, 0, sequencedRecords().get(5) + 200, 3);
        assertThatThrownBy(() -> Fixture.open(store.afterKill(), DurabilityLevel.PROCESS, new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("no power cut explains them");
    }

    @Test
    void shouldLeaveTheNoteOfTheLastForcedSealWhenABackgroundForceFails() {
        final Journal journal = write(DurabilityLevel.PROCESS);
        journal.forceInBackground();
        commit(journal, DurabilityLevel.PROCESS);
        store.faults().failedForcePerMille(1000);
        assertThatThrownBy(journal::forceInBackground)
                .isInstanceOf(ForceFailedException.class)
                .hasMessageContaining("record 13");
        assertThatThrownBy(() -> commit(journal, DurabilityLevel.PROCESS)).isInstanceOf(IllegalStateException.class);
        store.faults().failedForcePerMille(0);

        final MemoryStore restarted = store.afterKill();
        final Recorded recorded = new Recorded();
        Fixture.open(restarted, DurabilityLevel.PROCESS, recorded);
        assertThat(recorded.kinds).hasSize(17);
        // The batch after the last forced seal was copied, so that it is on the disk now.
        final Recorded after = new Recorded();
        Fixture.open(restarted.afterPowerCut(), DurabilityLevel.PROCESS, after);
        assertThat(after.kinds).hasSize(18);
    }

    @Test
    void shouldTakeOneRecordABatchAtLevelRecord() {
        Fixture.found(store);
        try (Journal journal = Fixture.open(store, DurabilityLevel.RECORD, new Recorded())) {
            assertThat(journal.isBatchFull()).isFalse();
            Fixture.append(journal, "one", 10);
            assertThat(journal.isBatchFull()).isTrue();
            assertThatThrownBy(() -> Fixture.append(journal, "two", 10))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("commit first");
        }
    }
}
