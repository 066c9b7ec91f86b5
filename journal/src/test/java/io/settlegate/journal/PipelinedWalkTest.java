package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SegmentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading and listening on two threads must be told from one thread by nothing but the time. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PipelinedWalkTest {
    /** Long enough that the runs go around several times. */
    private static final int BATCHES = 600;

    private static final int BATCH = 5;
    private static final int PADDING = 900;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final MemoryStore store = new MemoryStore(new MemoryFaults(seed));

    @AfterEach
    void shouldLeaveNoThread() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("journal-reader");
    }

    @Test
    void shouldTellEverythingInOrder() {
        write();
        final Recorded recorded = new Recorded();
        final JournalScan scan = JournalScan.read(store, recorded);
        assertThat(recorded.kinds).hasSize(2 + BATCHES * BATCH);
        assertThat(recorded.seals).hasSize(2 + BATCHES).last().isEqualTo(scan.lastSeal());
    }

    /** Every batch before the damage is told, none behind it, and the damage is the one that a single thread would find. */
    @Test
    void shouldTellAllGoodBatchesBeforeADamage() {
        write();
        try (Journal next = Fixture.open(store, new Recorded())) {
            assertThat(next.nextSequence()).isEqualTo(3 + BATCHES * BATCH);
        }
        final int segment = 1;
        final List<Long> positions = new ArrayList<>();
        try (SegmentReader reader = new SegmentReader(store, segment)) {
            while (reader.next()) {
                positions.add(reader.position());
            }
        }
        // Segment 1 holds its own record and seal, then batches of five records and a seal.
        final int batch = random.nextInt(BATCHES);
        final long position = positions.get(2 + batch * (BATCH + 1) + random.nextInt(BATCH + 1));
        store.flipBit(segment, Frames.file(position), Frames.offset(position) + Frames.WORD_LENGTH + 60, 3);
        final Recorded recorded = new Recorded();
        final JournalDamagedException damage =
                catchThrowableOfType(JournalDamagedException.class, () -> JournalScan.read(store, recorded));
        assertThat(damage).as("seed %d", seed).isNotNull();
        assertThat(recorded.seals)
                .as("seed %d, damage in batch %d", seed, batch)
                .hasSize(2 + batch);
        assertThat(damage.damage().sealNumber()).as("seed %d", seed).isEqualTo(2 + batch);
        assertThat(damage.damage().field()).isEqualTo("crc");
    }

    @Test
    void shouldPassOnWhatTheListenerThrows() {
        write();
        final int last = random.nextInt(2 + BATCHES * BATCH);
        final IllegalStateException thrown = new IllegalStateException("the listener's own");
        final Recorded recorded = new Recorded() {
            @Override
            public void onRecord(final RecordView record) {
                super.onRecord(record);
                if (record.sequence() == last) {
                    throw thrown;
                }
            }
        };
        assertThatThrownBy(() -> JournalScan.read(store, recorded)).isSameAs(thrown);
        assertThat(recorded.kinds).as("seed %d", seed).hasSize(last + 1);
        assertThatThrownBy(() -> Fixture.open(store, recorded(last, thrown))).isSameAs(thrown);
        try (Journal journal = Fixture.open(store, new Recorded())) {
            assertThat(journal.nextSequence()).isEqualTo(3 + BATCHES * BATCH);
        }
    }

    private static Recorded recorded(final int last, final RuntimeException thrown) {
        return new Recorded() {
            @Override
            public void onRecord(final RecordView record) {
                super.onRecord(record);
                if (record.sequence() == last) {
                    throw thrown;
                }
            }
        };
    }

    /** What stands behind the last seal still counts when the tail is judged. */
    @Test
    void shouldSetAsideWhatNoSealCovers() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        for (int i = 0; i < 2 * BATCH; i++) {
            Fixture.append(journal, "x", PADDING);
            if (i == BATCH) {
                journal.commit(0, 0);
            }
        }
        final MemoryStore killed = store.afterKill();
        final Recorded recorded = new Recorded();
        try (Journal next = Fixture.open(killed, recorded)) {
            assertThat(next.setAside()).isNotNull();
            assertThat(recorded.kinds).hasSize(2 + BATCH + 1 + 1);
        }
    }

    private void write() {
        Fixture.found(store);
        try (Journal journal = Fixture.open(store, new Recorded())) {
            for (int i = 0; i < BATCHES * BATCH; i++) {
                Fixture.append(journal, "x", random.nextInt(PADDING));
                if ((i + 1) % BATCH == 0) {
                    journal.commit(0, 0);
                }
            }
        }
    }
}
