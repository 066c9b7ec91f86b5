package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.recovery.ReplayMismatchException;
import io.settlegate.gateway.settlement.EngineRules;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.Journal;
import io.settlegate.journal.SnapshotWriter;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each record is computed again under the rules that it names: a journal goes from one version to the next between two records. */
@Timeout(120)
final class RulesByRecordTest {
    private static final long SEED = 20_261_128L;
    private static final int OLD_RULES = 2;

    @TempDir
    private Path directory;

    private final UnsignedRequests requests = new UnsignedRequests();
    private final Random random = new Random(SEED);
    private FoundedCity city;
    private MemoryStore store;
    private long nowMs = FoundedCity.FOUNDED_MS;

    private void found(final int rulesVersion) throws IOException {
        city = new FoundedCity(directory, new MemoryFaults(SEED), rulesVersion);
        store = city.copy();
    }

    private EngineReplay open(final DurableWork work) throws IOException {
        final EngineReplay replay = replay(EngineReplay.Mismatches.REFUSED);
        try (Journal journal = Journal.openFromSnapshot(store, city.identity(), DurabilityLevel.BATCH, replay)) {
            work.with(journal, replay.engine());
            settle(journal, replay.engine(), 1);
            journal.commit(replay.engine().stateHashHigh(), replay.engine().stateHashLow());
        }
        return replay;
    }

    private static EngineReplay replay(final EngineReplay.Mismatches mismatches) {
        return new EngineReplay(TerminalListener.NONE, new JournalTotals(), mismatches);
    }

    /** What is done while the journal is open. */
    @FunctionalInterface
    private interface DurableWork {
        void with(Journal journal, SettlementEngine engine) throws IOException;
    }

    private void settle(final Journal journal, final SettlementEngine engine, final int count) {
        for (int i = 0; i < count; i++) {
            nowMs += 1_000;
            final byte[] frame =
                    requests.settle(city.terminals().get(i % 2), random, nowMs).frame();
            FoundedCity.append(journal, engine, nowMs, new UnsafeBuffer(frame), 0, frame.length);
        }
    }

    @Test
    void shouldReplayAJournalThatGoesOnUnderNewerRules() throws IOException {
        found(OLD_RULES);
        final EngineReplay written = open((journal, engine) -> {
            assertThat(engine.rules()).isEqualTo(OLD_RULES);
            settle(journal, engine, 20);
            engine.rules(EngineRules.NEWEST);
            settle(journal, engine, 20);
        });
        final EngineReplay again = open((journal, engine) -> {});
        assertThat(again.mismatchCount()).isZero();
        assertThat(again.engine().rules()).isEqualTo(EngineRules.NEWEST);
        assertThat(again.recordCount()).isEqualTo(written.recordCount() + 42);
    }

    @Test
    void shouldGoOnFromASnapshotOfOlderRules() throws IOException {
        found(OLD_RULES);
        open((journal, engine) -> settle(journal, engine, 20));
        SnapshotWriter.write(store, replay(EngineReplay.Mismatches.REFUSED), 2);
        open((journal, engine) -> {
            assertThat(engine.rules()).as("as the snapshot says").isEqualTo(OLD_RULES);
            engine.rules(EngineRules.NEWEST);
            settle(journal, engine, 20);
        });
        final EngineReplay again = open((journal, engine) -> {});
        assertThat(again.mismatchCount()).isZero();
        assertThat(again.recordCount())
                .as("told of what stands behind the snapshot")
                .isLessThan(25);
        assertThat(again.engine().rules()).isEqualTo(EngineRules.NEWEST);
        assertThat(again.engine().recomputeStateHashHigh())
                .isEqualTo(again.engine().stateHashHigh());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, EngineRules.NEWEST + 1})
    void shouldRefuseAFoundingUnderUnknownRules(final int rulesVersion) {
        assertThatThrownBy(() -> {
                    found(rulesVersion);
                    open((journal, engine) -> {});
                })
                .isInstanceOf(ReplayMismatchException.class)
                .hasMessageContainingAll("founded under rules version " + rulesVersion, "versions 2 to 3");
    }

    @Test
    void shouldRefuseARecordOfOlderRulesBehindNewer() throws IOException {
        found(OLD_RULES);
        open((journal, engine) -> {
            engine.rules(EngineRules.NEWEST);
            settle(journal, engine, 1);
            engine.rules(OLD_RULES);
            settle(journal, engine, 1);
        });
        assertThatThrownBy(() -> open((journal, engine) -> {}))
                .isInstanceOf(ReplayMismatchException.class)
                .hasMessageContainingAll("rules version 2, behind records of version 3");
    }

    @Test
    void shouldRefuseARecordOfUnknownRules() throws IOException {
        found(EngineRules.NEWEST);
        open((journal, engine) -> {
            final byte[] frame =
                    requests.settle(city.terminals().get(0), random, nowMs).frame();
            FoundedCity.append(
                    journal, engine, nowMs, new UnsafeBuffer(frame), 0, frame.length, EngineRules.NEWEST + 1);
        });
        assertThatThrownBy(() -> open((journal, engine) -> {}))
                .isInstanceOf(ReplayMismatchException.class)
                .hasMessageContainingAll("rules version 4", "versions 2 to 3");
    }

    @Test
    void shouldKnowNoOtherRules() throws IOException {
        found(EngineRules.NEWEST);
        open((journal, engine) -> assertThatThrownBy(() -> engine.rules(EngineRules.NEWEST + 1))
                .isInstanceOf(IllegalArgumentException.class));
    }
}
