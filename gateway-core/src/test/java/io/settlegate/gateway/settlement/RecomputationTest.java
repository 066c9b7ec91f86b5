package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Under {@code cancel_under_later: recompute} the accumulators are as though the cancelled settlement had never been. */
@Timeout(60)
final class RecomputationTest {
    private static final int PERSONS = 12;
    private static final int YEAR = 2026;
    private static final int WORKERS = 310;

    @TempDir
    private Path directory;

    private EngineFixture city(final String name, final String cancelRule) throws IOException {
        return new EngineFixture(
                Files.createDirectory(directory.resolve(name)),
                EngineParameters.standard("GW1", "320300", 11, 22),
                policy -> policy.replace("cancel_under_later: refuse", "cancel_under_later: " + cancelRule));
    }

    @Test
    void shouldLeaveAccumulatorsAsThoughTheCancelledHadNeverBeen() throws IOException {
        for (int round = 0; round < 20; round++) {
            final long seed = new Random().nextLong();
            final String which = "seed " + seed;
            final Random random = new Random(seed);
            final EngineFixture all = city("all-" + round, "recompute");
            final EngineFixture without = city("without-" + round, "recompute");
            all.twin = new SnapshotTwin(seed, 40);
            final List<String> setlIds = new ArrayList<>();
            final List<Integer> persons = new ArrayList<>();
            final int bills = 60;
            final int cancelled = random.nextInt(bills);
            for (int bill = 0; bill < bills; bill++) {
                final int person = random.nextInt(PERSONS) / 2 * 3;
                final long pricE6 = 1_000_000L + random.nextInt(900_000_000);
                final List<Line> lines = List.of(Line.of(1, "XA01", 10_000L + random.nextInt(10_000), pricE6));
                settle(all, person, lines);
                persons.add(person);
                setlIds.add(all.settled().setlId());
                if (bill != cancelled) {
                    settle(without, person, lines);
                }
            }
            cancel(all, persons.get(cancelled), setlIds.get(cancelled), which);
            for (int person = 0; person < PERSONS / 2 * 3; person += 3) {
                assertThat(used(all, person)).as("%s, person %d", which, person).isEqualTo(used(without, person));
            }
            assertSound(all, which);
            for (int bill = 0; bill < bills; bill++) {
                if (bill != cancelled) {
                    cancel(all, persons.get(bill), setlIds.get(bill), which);
                }
            }
            assertThat(all.engine.state().personYears.rows.count()).as(which).isZero();
            assertSound(all, which);
        }
    }

    @Test
    void shouldLeaveAccumulatorsAsThoughTheCancelHadNeverBeen() throws IOException {
        for (int round = 0; round < 20; round++) {
            final long seed = new Random().nextLong();
            final String which = "seed " + seed;
            final Random random = new Random(seed);
            final EngineFixture all = city("cancelled-" + round, "recompute");
            final EngineFixture without = city("never-" + round, "recompute");
            all.twin = new SnapshotTwin(seed, 40);
            final List<String> setlIds = new ArrayList<>();
            final List<Integer> persons = new ArrayList<>();
            final List<Integer> cancelled = new ArrayList<>();
            final List<String> cancels = new ArrayList<>();
            for (int bill = 0; bill < 60; bill++) {
                final int person = random.nextInt(PERSONS) / 2 * 3;
                final long pricE6 = 1_000_000L + random.nextInt(900_000_000);
                final List<Line> lines = List.of(Line.of(1, "XA01", 10_000L + random.nextInt(10_000), pricE6));
                settle(all, person, lines);
                settle(without, person, lines);
                persons.add(person);
                setlIds.add(all.settled().setlId());
                final int other = random.nextInt(bill + 1);
                if (random.nextInt(4) == 0 && !cancelled.contains(other)) {
                    cancel(all, persons.get(other), setlIds.get(other), which);
                    cancelled.add(other);
                    cancels.add(all.cancelled().header().msgid());
                }
            }
            final List<Integer> order = new ArrayList<>();
            for (int i = 0; i < cancels.size(); i++) {
                order.add(random.nextInt(i + 1), i);
            }
            for (final int i : order) {
                final int code = all.reverse(
                        all.nextMsgid(EngineFixture.HOSPITAL), persons.get(cancelled.get(i)), cancels.get(i), "2103");
                assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.OK);
            }
            for (int person = 0; person < PERSONS / 2 * 3; person += 3) {
                assertThat(used(all, person)).as("%s, person %d", which, person).isEqualTo(used(without, person));
            }
            assertSound(all, which);
            for (int bill = 0; bill < 60; bill++) {
                cancel(all, persons.get(bill), setlIds.get(bill), which);
            }
            assertThat(all.engine.state().personYears.rows.count()).as(which).isZero();
            assertSound(all, which);
        }
    }

    @Test
    void shouldRefuseWhatTheOtherRuleComputesAgain() throws IOException {
        final EngineFixture refusing = city("refusing", "refuse");
        final List<Line> lines = List.of(Line.of(1, "XA01", 10_000, 500_000_000));
        settle(refusing, 3, lines);
        final String first = refusing.settled().setlId();
        settle(refusing, 3, lines);
        final String second = refusing.settled().setlId();
        final long before = refusing.businessHash();
        assertThat(ResultCode.of(refusing.cancel(refusing.nextMsgid(EngineFixture.HOSPITAL), 3, first)))
                .isEqualTo(ResultCode.LATER_SETTLEMENTS);
        assertThat(refusing.businessHash()).isEqualTo(before);
        cancel(refusing, 3, second, "the last one");
        cancel(refusing, 3, first, "then the first");
        assertThat(refusing.engine.state().personYears.rows.count()).isZero();
        assertSound(refusing, "refuse");
    }

    private static void settle(final EngineFixture city, final int person, final List<Line> lines) {
        final String msgid = city.nextMsgid(EngineFixture.HOSPITAL);
        assertThat(ResultCode.of(city.settle(msgid, person, "11", 0, lines, encoder -> {})))
                .isEqualTo(ResultCode.OK);
    }

    private static void cancel(final EngineFixture city, final int person, final String setlId, final String which) {
        final String msgid = city.nextMsgid(EngineFixture.HOSPITAL);
        assertThat(ResultCode.of(city.cancel(msgid, person, setlId))).as(which).isEqualTo(ResultCode.OK);
    }

    private static long[] used(final EngineFixture city, final int person) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.PERSON_KEY]);
        key.putStringWithoutLengthAscii(0, EngineFixture.psnNo(person));
        final EngineState state = city.engine.state();
        final Accumulators used = new Accumulators();
        state.personYears.load(state.persons.find(key, 0), YEAR, WORKERS, used);
        return used.slots;
    }

    private static void assertSound(final EngineFixture city, final String which) {
        assertThat(city.engine.ledgerSumFen()).as(which).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).as(which).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).as(which).isEqualTo(city.engine.stateHashLow());
    }
}
