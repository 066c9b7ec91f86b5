package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Shares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settlements are kept whole until the horizon has passed them, whether they need one row or six. */
final class SettlementDaysTest {
    private static final int HORIZON_DAYS = 3;
    private static final int COUNT = 4_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final RandomShares shares = new RandomShares(random);
    private final Request request = new Request();
    private final Shares read = new Shares();
    private DayTables rows;
    private DayTables more;
    private SettlementDays settlements;

    /** What was put. */
    private record Put(
            int day,
            long sequence,
            int person,
            int institution,
            int region,
            int msgidDay,
            int msgidRow,
            int insutype,
            int year,
            int visit,
            int disease,
            Shares shares) {}

    @BeforeEach
    void open() {
        final KeyedHash hash = new KeyedHash(3, 5);
        rows = new DayTables(
                TableId.SETTLEMENTS,
                SettlementDays.KEY,
                SettlementDays.LENGTH,
                HORIZON_DAYS,
                COUNT,
                hash,
                FlatTable.Keys.RISING);
        more = new DayTables(
                TableId.SETTLEMENT_VALUES,
                SettlementDays.KEY,
                SettlementDays.MORE_LENGTH,
                HORIZON_DAYS,
                SettlementDays.MOST_MORE * COUNT,
                hash,
                FlatTable.Keys.HASHED);
        settlements = new SettlementDays(rows, more);
        request.timeMs = EngineFixture.NOW_MS;
    }

    private Put put(final Shares given) {
        final Put put = new Put(
                BusinessTime.dayOf(request.timeMs),
                ++request.sequence + (1L << 40),
                random.nextInt(),
                random.nextInt(1 << 20),
                random.nextInt(30_000),
                BusinessTime.dayOf(request.timeMs) + random.nextInt(HORIZON_DAYS + 2) - HORIZON_DAYS,
                random.nextInt(),
                random.nextBoolean() ? 310 : 390,
                2026 + random.nextInt(2),
                random.nextInt(5) - 1,
                random.nextInt(5) - 1,
                given);
        final long sequence = request.sequence;
        request.sequence = put.sequence;
        request.institutionRow = put.institution;
        request.regionRow = put.region;
        request.msgidRow = put.msgidRow;
        assertThat(settlements.reserve(request.timeMs)).isTrue();
        settlements.put(request, put.msgidDay, put.person, put.shares, put.insutype, put.year, put.visit, put.disease);
        request.sequence = sequence;
        return put;
    }

    private void compare(final String which, final Put put) {
        assertThat(settlements.find(put.day, put.sequence)).as(which).isTrue();
        settlements.read(read);
        RandomShares.assertSame(which, read, put.shares);
        assertThat(new long[] {
                    settlements.businessDay(),
                    settlements.sequence(),
                    settlements.personRow(),
                    settlements.institutionRow(),
                    settlements.regionRow(),
                    settlements.msgidDay(),
                    settlements.msgidRow(),
                    settlements.insutype(),
                    settlements.year(),
                    settlements.visitRow(),
                    settlements.diseaseRow(),
                    settlements.policyVersion(),
                    settlements.readSlots()
                })
                .as(which)
                .containsExactly(
                        put.day,
                        put.sequence,
                        put.person,
                        put.institution,
                        put.region,
                        put.msgidDay,
                        put.msgidRow,
                        put.insutype,
                        put.year,
                        put.visit,
                        put.disease,
                        put.shares.policyVersion,
                        put.shares.readSlots);
    }

    @Test
    void shouldGiveBackEverySettlementOfTheHorizonAndNoneBefore() {
        final List<Put> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            all.add(put(shares.next()));
            if (i % (COUNT / 8) == COUNT / 8 - 1) {
                request.timeMs += BusinessTime.DAY_MS / 2;
                settlements.dropBefore(request.timeMs);
            }
        }
        final int oldest = BusinessTime.dayOf(request.timeMs) - HORIZON_DAYS;
        Collections.shuffle(all, random);
        int gone = 0;
        for (final Put put : all) {
            final String which = "seed " + seed + ", sequence " + put.sequence;
            if (put.day < oldest) {
                gone++;
                assertThat(settlements.find(put.day, put.sequence)).as(which).isFalse();
                assertThat(settlements.at(put.day, 0)).as(which).isFalse();
            } else {
                compare(which, put);
                assertThat(settlements.find(put.day, put.sequence + COUNT + 1)).isFalse();
                assertThat(settlements.find(put.day - 1, put.sequence))
                        .as("of another day")
                        .isFalse();
            }
        }
        assertThat(gone).as("dropped, seed " + seed).isBetween(1, COUNT - 1);
    }

    @Test
    void shouldUseAsManyRowsAsTheNumbersNeed() {
        final SettlementValues numbers = new SettlementValues();
        int most = 0;
        for (int round = 0; round < 2_000; round++) {
            final Shares given = shares.next();
            final int before = more.count();
            final Put put = put(given);
            numbers.take(given, put.visit, put.disease);
            int needed = 0;
            for (final long number : numbers.values) {
                needed += number == 0 ? 0 : 1;
            }
            final int added = more.count() - before;
            assertThat(added)
                    .as("seed %d, round %d: %d numbers", seed, round, needed)
                    .isEqualTo(Math.max(0, (needed - 1) / 8));
            most = Math.max(most, added);
        }
        assertThat(most).as("seed " + seed).isGreaterThan(2).isLessThanOrEqualTo(SettlementDays.MOST_MORE);
    }

    @Test
    void shouldKeepEverythingElseWhenUndoneAndWhenAnEarlierOneIsNamed() {
        for (int round = 0; round < 500; round++) {
            final String which = "seed " + seed + ", round " + round;
            final Put put = put(shares.next());
            assertThat(settlements.isUndone()).as(which).isFalse();
            assertThat(settlements.earlierDay()).as("no earlier one").isZero();
            final int earlierRow = random.nextInt();
            settlements.putEarlier(put.day - 1, earlierRow);
            settlements.putUndone();
            final FlatTable day = settlements.day;
            final int row = settlements.row;
            assertThat(settlements.at(put.day, row)).isTrue();
            assertThat(settlements.day).isSameAs(day);
            assertThat(settlements.isUndone()).as(which).isTrue();
            assertThat(settlements.earlierDay()).as(which).isEqualTo(put.day - 1);
            assertThat(settlements.earlierRow()).as(which).isEqualTo(earlierRow);
            compare(which, put);
        }
        assertThat(settlements.at(0, 0)).as("day 0 is none").isFalse();
    }
}
