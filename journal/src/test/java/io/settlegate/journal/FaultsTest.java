package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.StoreLockedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After each fault nothing acknowledged is lost, or the start is refused with a message that says where and what to do. */
final class FaultsTest {
    private static final long SEED = Long.getLong("settlegate.seed", 20261128L);
    private static final int ROUNDS = Integer.getInteger("settlegate.faultRounds", 100);

    @TempDir
    private Path scratch;

    private FaultMatrix run(final int rounds, final int pairs) throws IOException {
        final FaultMatrix matrix = new FaultMatrix(SEED, scratch, UnaryOperator.identity()).run(rounds, pairs);
        System.out.println(matrix.describe());
        assertThat(matrix.failures()).as("seed %d", SEED).isEmpty();
        return matrix;
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldLoseNothingOrRefuseWithAReasonWhateverHappens() throws IOException {
        final FaultMatrix matrix = run(3, 40);
        for (final FaultKind kind : FaultKind.values()) {
            int rounds = 0;
            for (final FaultJudge.Verdict verdict : FaultJudge.Verdict.values()) {
                rounds += matrix.count(kind, verdict);
            }
            assertThat(rounds)
                    .as("%s never met a journal to which it could happen", kind)
                    .isPositive();
        }
    }

    @Test
    @Tag("long")
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldLoseNothingInManyRounds() throws IOException {
        run(ROUNDS, ROUNDS * 20);
    }

    /** If the judge did not find these, it would prove nothing: stores that hide what speaks of a loss, or write too early. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldNoticeStoresThatHideWhatHappened() throws IOException {
        for (final HidingStore.Lie lie : List.of(HidingStore.Lie.NO_WITNESS, HidingStore.Lie.ENDS_AT_DAMAGE)) {
            assertThat(control(lie))
                    .as("%s", lie)
                    .anyMatch(failure -> failure.contains("lost without a word")
                            || failure.contains("the start found nothing, and verify does"));
        }
        assertThat(control(HidingStore.Lie.WRITES_BEFORE_REFUSING))
                .anyMatch(failure -> failure.contains("changed the store"));
    }

    private List<String> control(final HidingStore.Lie lie) throws IOException {
        return new FaultMatrix(SEED, scratch, store -> new HidingStore(store, lie))
                .run(2, 0)
                .failures();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void shouldRefuseASecondWriterAndChangeNothing() throws IOException {
        final FaultHistory history = FaultHistory.write(SEED, scratch);
        try (Journal journal = Fixture.open(history.store(), new Recorded())) {
            final var before = history.store().content();
            assertThatThrownBy(() -> Fixture.open(history.store(), new Recorded()))
                    .isInstanceOf(StoreLockedException.class)
                    .hasMessageContaining("another writer");
            assertThat(history.store().content()).usingRecursiveComparison().isEqualTo(before);
            assertThat(journal.nextSequence()).isPositive();
        }
    }
}
