package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch is sealed on one thread and made durable on another, while the next is appended. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SealedAheadTest {
    private static final int BATCHES = 300;

    private final MemoryFaults faults = new MemoryFaults(1);
    private final MemoryStore store = new MemoryStore(faults);

    @Test
    void shouldShowNobodyWhatIsNotDurable() {
        Fixture.found(store);
        try (Journal journal = Fixture.open(store, new Recorded())) {
            final long before = journal.durableMark().lastSequence();
            Fixture.append(journal, "a", 0);
            final SealedBatch sealed = journal.seal(1, 2);
            Fixture.append(journal, "b", 0);
            assertThat(journal.durableMark().lastSequence()).isEqualTo(before);
            try (JournalReader reader = journal.newReader()) {
                assertThat(reader.read(sealed.lastSequence())).isNull();
                journal.makeDurable();
                assertThat(journal.durableMark().lastSequence()).isEqualTo(sealed.lastSequence());
                assertThat(reader.read(sealed.lastSequence())).isNotNull();
                assertThat(reader.read(sealed.lastSequence() + 1)).isNull();
            }
            journal.commit(1, 2);
        }
        assertThat(JournalVerification.verify(store).damages()).isEmpty();
    }

    /** What is durable survives, what was only sealed need not. */
    @Test
    void shouldKeepAllThatWasDurableOverAPowerCut() throws InterruptedException {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread forcer = new Thread(() -> {
            try {
                while (journal.durableMark().seal().sealNumber() < 1 + BATCHES) {
                    journal.makeDurable();
                }
            } catch (final RuntimeException e) {
                failure.set(e);
            }
        });
        forcer.start();
        for (int i = 0; i < BATCHES; i++) {
            Fixture.append(journal, "x", i);
            journal.seal(i, i);
        }
        forcer.join();
        assertThat(failure.get()).isNull();
        final long durable = journal.durableMark().lastSequence();
        Fixture.append(journal, "lost", 0);
        journal.seal(0, 0);
        final Recorded recorded = new Recorded();
        try (Journal next = Fixture.open(store.afterPowerCut(), recorded)) {
            assertThat(next.nextSequence()).isGreaterThan(durable + 1);
            assertThat(recorded.kinds).hasSizeGreaterThan((int) durable + 1);
        }
    }

    @Test
    void shouldTakeNothingMoreAfterAFailedForce() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        Fixture.append(journal, "a", 0);
        journal.seal(1, 2);
        faults.failedForcePerMille(1000);
        assertThatThrownBy(journal::makeDurable).isInstanceOf(ForceFailedException.class);
        assertThatThrownBy(() -> Fixture.append(journal, "b", 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(journal::makeDurable).isInstanceOf(IllegalStateException.class);
    }
}
