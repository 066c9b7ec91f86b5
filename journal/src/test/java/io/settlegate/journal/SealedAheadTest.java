package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
    private static final int CUTS = 300;

    private final MemoryFaults faults = new MemoryFaults(1);
    private final MemoryStore store = new MemoryStore(faults);
    private MemoryStore cutStore;

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

    /** Of the batch in flight any part may be lost, and what was appended behind it must not make that look like damage. */
    @Test
    void shouldStartWhateverThePowerCutLeftOfABatchInFlight() {
        for (int seed = 0; seed < CUTS; seed++) {
            final Journal journal = committedOnce(seed);
            appendEight(journal);
            journal.seal(1, Recorded.STATE_HASH_LOW);
            appendEight(journal);
            assertStarts(journal, seed);
        }
    }

    @Test
    void shouldStartWhateverThePowerCutLeftOfTwoSealedBatches() {
        for (int seed = 0; seed < CUTS; seed++) {
            final Journal journal = committedOnce(seed);
            appendEight(journal);
            journal.seal(1, Recorded.STATE_HASH_LOW);
            appendEight(journal);
            journal.seal(1, Recorded.STATE_HASH_LOW);
            appendEight(journal);
            assertStarts(journal, seed);
        }
    }

    private Journal committedOnce(final int seed) {
        cutStore = new MemoryStore(new MemoryFaults(seed));
        Fixture.found(cutStore);
        final Journal journal = Fixture.open(cutStore, new Recorded());
        Fixture.append(journal, "committed", 900);
        Fixture.commit(journal);
        return journal;
    }

    private static void appendEight(final Journal journal) {
        for (int i = 0; i < 8; i++) {
            Fixture.append(journal, "ahead", 900);
        }
    }

    private void assertStarts(final Journal journal, final int seed) {
        final long told = journal.durableMark().lastSequence();
        final Recorded recorded = new Recorded();
        assertThatCode(() -> Fixture.open(cutStore.afterPowerCut(), recorded).close())
                .as("start with seed %d", seed)
                .doesNotThrowAnyException();
        assertThat(recorded.kinds).as("seed %d", seed).hasSizeGreaterThan((int) told + 1);
    }

    @Test
    void shouldHandNothingToTheStoreBeforeTheForceAndAllOfItAfterwards() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        Fixture.append(journal, "a", 10);
        journal.seal(1, 2);
        final byte[] inFlight = segmentBytes();
        Fixture.append(journal, "b", 10);
        Fixture.append(journal, "c", 10);
        assertThat(segmentBytes()).isEqualTo(inFlight);
        journal.makeDurable();
        assertThat(segmentBytes()).isEqualTo(inFlight);
        Fixture.append(journal, "d", 10);
        final SealedBatch sealed = journal.commit(1, 2);
        assertThat(sealed.count()).isEqualTo(3);
        assertCommands(journal, sealed, "b", "c", "d");
        journal.close();
        assertThat(JournalVerification.verify(store).damages()).isEmpty();
    }

    /** One thread, which would wait for itself if it did not force. */
    @Test
    void shouldForceTheBatchBeforeWhereMoreIsAppendedThanIsHeld() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        Fixture.append(journal, "a", 10);
        final SealedBatch before = journal.seal(1, 2);
        final int padding = 900_000;
        final int heldCount = HeldRecords.MAX_LENGTH / (padding + 100);
        for (int i = 0; i < heldCount; i++) {
            Fixture.append(journal, "held", padding);
        }
        assertThat(journal.durableMark().lastSequence()).isLessThan(before.lastSequence());
        Fixture.append(journal, "one more", padding);
        assertThat(journal.durableMark().lastSequence()).isEqualTo(before.lastSequence());
        final SealedBatch sealed = journal.commit(1, 2);
        assertThat(sealed.count()).isEqualTo(heldCount + 1);
        assertCommands(journal, sealed, "held", "held", "held", "held", "one more");
        journal.close();
        assertThat(JournalVerification.verify(store).damages()).isEmpty();
    }

    @Test
    void shouldSealNothingAfterAFailedForceAndLeaveWhatItHeldOutOfTheStore() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        Fixture.append(journal, "a", 10);
        journal.seal(1, 2);
        Fixture.append(journal, "held", 10);
        faults.failedForcePerMille(1000);
        assertThatThrownBy(() -> journal.seal(1, 2)).isInstanceOf(ForceFailedException.class);
        assertThatThrownBy(() -> journal.seal(1, 2)).isInstanceOf(IllegalStateException.class);
        faults.failedForcePerMille(0);
        final Recorded recorded = new Recorded();
        Fixture.open(store.afterKill(), recorded).close();
        assertThat(recorded.commands).noneMatch(command -> command.startsWith("command held"));
    }

    private byte[] segmentBytes() {
        return store.content().get("segment 1 file 0");
    }

    private static void assertCommands(final Journal journal, final SealedBatch batch, final String... tags) {
        try (JournalReader reader = journal.newReader()) {
            for (int i = 0; i < tags.length; i++) {
                assertThat(Fixture.command(reader.read(batch.firstSequence() + i)))
                        .startsWith("command " + tags[i] + " of " + (batch.firstSequence() + i));
            }
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
