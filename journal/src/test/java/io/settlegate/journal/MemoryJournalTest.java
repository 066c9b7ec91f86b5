package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.MemoryStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class MemoryJournalTest extends MemoryJournalContract {
    MemoryJournalTest() {
        super(SnapshotTiming.NEVER);
    }

    @Test
    void shouldCopyTheTailAfterAFailedForceBeforeBelievingIt() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        Fixture.append(journal, "durable", 10);
        Fixture.commit(journal);
        Fixture.append(journal, "doubted", 2000);
        store.faults().failedForcePerMille(1000);
        assertThatThrownBy(() -> journal.commit(3, 4))
                .isInstanceOf(ForceFailedException.class)
                .hasMessageContaining("last durable seal is 2");
        assertThatThrownBy(() -> journal.commit(3, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(IOException.class);
        store.faults().failedForcePerMille(0);

        final MemoryStore restarted = store.afterKill();
        assertThat(restarted.readNote(HeadNote.FORCE_FAILED)).isNotNull();
        final Recorded recorded = new Recorded();
        Fixture.open(restarted, recorded);
        assertThat(recorded.commands).anyMatch(command -> command.contains("doubted"));
        assertThat(restarted.readNote(HeadNote.FORCE_FAILED)).isNull();

        final Recorded after = new Recorded();
        Fixture.open(restarted.afterPowerCut(), after);
        assertThat(after.commands).anyMatch(command -> command.contains("doubted"));
    }

    /** Found in review: a build that computes otherwise must not seal its own state hash behind the others. */
    @Test
    void shouldWriteNothingWhenTheListenerRefusesWhatItWasTold() {
        Fixture.found(store);
        try (Journal journal = Fixture.open(store, new Recorded())) {
            Fixture.append(journal, "one", 10);
            Fixture.commit(journal);
        }
        final java.util.List<Integer> segments = store.segments();
        final ReplayListener refusing = new Recorded() {
            @Override
            public void onAllRead() {
                throw new IllegalStateException("computes otherwise");
            }
        };
        assertThatThrownBy(() -> Fixture.open(store, refusing)).hasMessage("computes otherwise");
        assertThat(store.segments()).isEqualTo(segments);
        Fixture.open(store, new Recorded()).close();
    }
}
