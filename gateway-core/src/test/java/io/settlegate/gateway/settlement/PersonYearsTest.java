package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Accumulators;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What persons used of a year, in as many rows as it needs, against a map of arrays. */
final class PersonYearsTest {
    private static final int ROUNDS = 30_000;
    private static final long MOST_FEN = (1L << 40) - 1;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final KeyedHash hash = new KeyedHash(3, 5);
    private final PersonYears years = years();
    private final Accumulators found = new Accumulators();

    private record Key(int person, int year, int insutype) {}

    private PersonYears years() {
        return new PersonYears(
                new FlatTable(
                        TableId.PERSON_YEARS,
                        PersonYears.KEY,
                        PersonYears.HASHED_LENGTH,
                        PersonYears.LENGTH,
                        1_000,
                        hash),
                new FlatTable(
                        TableId.PERSON_DISEASES, PersonYears.DISEASE_KEY, PersonYears.DISEASE_LENGTH, 1_000, hash));
    }

    private Key anyKey() {
        return new Key(random.nextInt(12), 2026 + random.nextInt(2), random.nextBoolean() ? 310 : 390);
    }

    private Accumulators anyAmounts() {
        final Accumulators values = new Accumulators();
        final int count = random.nextInt(Accumulators.COUNT);
        for (int i = 0; i < count; i++) {
            final long amountFen = random.nextInt(5) == 0 ? MOST_FEN : 1 + (random.nextLong() & 0xFF_FFFF_FFFFL) / 2;
            values.slots[count == Accumulators.DISEASE_PAID ? i : random.nextInt(Accumulators.DISEASE_PAID)] =
                    amountFen;
        }
        return values;
    }

    private void store(final PersonYears into, final Key key, final Accumulators values, final int settlementRow) {
        assertThat(into.reserve()).isTrue();
        into.store(key.person, key.year, key.insutype, values, 20_777, settlementRow);
    }

    private static int rowsOf(final Accumulators values) {
        int amounts = 0;
        for (int slot = 0; slot < Accumulators.DISEASE_PAID; slot++) {
            amounts += values.slots[slot] == 0 ? 0 : 1;
        }
        return (amounts + 4) / 5;
    }

    @Test
    void shouldHoldWhatAMapHoldsInAsManyRowsAsItNeeds() {
        final Map<Key, Accumulators> known = new HashMap<>();
        final Map<Key, Integer> newest = new HashMap<>();
        int rowCount = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final String which = "seed " + seed + ", round " + round;
            final Key key = anyKey();
            final Accumulators values = anyAmounts();
            final Accumulators before = known.put(key, values);
            rowCount += rowsOf(values) - (before == null ? 0 : rowsOf(before));
            newest.put(key, round);
            store(years, key, values, round);
            assertThat(years.rows.count()).as(which).isEqualTo(rowCount);
            final Key other = anyKey();
            years.load(other.person, other.year, other.insutype, found);
            assertThat(found.slots).as(which).isEqualTo(known.getOrDefault(other, new Accumulators()).slots);
            final boolean isThere = known.containsKey(other) && rowsOf(known.get(other)) > 0;
            assertThat(years.newestDay).as(which).isEqualTo(isThere ? 20_777 : 0);
            assertThat(years.newestRow).as(which).isEqualTo(isThere ? newest.get(other) : 0);
        }
        // The hash says what stands and not how it came about: nor does it know the newest settlement.
        final PersonYears twin = years();
        known.forEach((key, values) -> store(twin, key, values, 7));
        assertThat(twin.rows.hashHigh()).as("seed " + seed).isEqualTo(years.rows.hashHigh());
        assertThat(twin.rows.hashLow()).as("seed " + seed).isEqualTo(years.rows.hashLow());
    }

    @Test
    void shouldLeaveNothingBehindWhenAllIsTakenAway() {
        final Key standing = new Key(99, 2026, 310);
        store(years, standing, full(), 1);
        final long high = years.rows.hashHigh();
        final long low = years.rows.hashLow();
        for (int round = 0; round < 1_000; round++) {
            final Key key = anyKey();
            for (int i = random.nextInt(4); i >= 0; i--) {
                store(years, key, anyAmounts(), round);
            }
            store(years, key, new Accumulators(), round);
            assertThat(years.rows.count()).as("seed %d, round %d", seed, round).isEqualTo(PersonYears.MOST_PARTS);
            assertThat(years.rows.hashHigh())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(high);
            assertThat(years.rows.hashLow())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(low);
        }
        years.load(standing.person, standing.year, standing.insutype, found);
        assertThat(found.slots).isEqualTo(full().slots);
    }

    private static Accumulators full() {
        final Accumulators full = new Accumulators();
        for (int slot = 0; slot < Accumulators.DISEASE_PAID; slot++) {
            full.slots[slot] = MOST_FEN - slot;
        }
        return full;
    }

    @Test
    void shouldHoldEveryNumberOfAmountsInOrder() {
        final Key key = new Key(1, 2026, 390);
        for (int count = 0; count <= Accumulators.DISEASE_PAID; count++) {
            final Accumulators values = new Accumulators();
            for (int slot = 0; slot < count; slot++) {
                values.slots[Accumulators.DISEASE_PAID - 1 - slot] = MOST_FEN - slot;
            }
            store(years, key, values, count);
            years.load(key.person, key.year, key.insutype, found);
            assertThat(found.slots).as(count + " amounts").isEqualTo(values.slots);
            assertThat(years.rows.count()).as(count + " amounts").isEqualTo((count + 4) / 5);
        }
    }

    @Test
    void shouldKeepWhatWasPaidForADiseaseUntilNothingIsLeft() {
        final long empty = years.diseases.hashHigh();
        final Map<String, Long> paid = new HashMap<>();
        for (int round = 0; round < 5_000; round++) {
            final String which = "seed " + seed + ", round " + round;
            final Key key = anyKey();
            final String code = "M0" + random.nextInt(3);
            final UnsafeBuffer field = CityImports.field(code, PersonYears.DISEASE_CODE_LENGTH);
            final String name = key + code;
            final long beforeFen = paid.getOrDefault(name, 0L);
            final long addedFen = random.nextInt(3) == 0 && beforeFen > 0 ? -beforeFen : 1L + random.nextInt(1_000);
            assertThat(years.reserve()).isTrue();
            final int row = years.addDisease(key.person, key.year, key.insutype, field, 0, addedFen);
            paid.put(name, beforeFen + addedFen);
            assertThat(row).as(which).isEqualTo(years.findDisease(key.person, key.year, key.insutype, field, 0));
            assertThat(row < 0 ? 0 : years.diseasePaidFen(row)).as(which).isEqualTo(beforeFen + addedFen);
            assertThat(years.diseases.count()).as(which).isEqualTo((int)
                    paid.values().stream().filter(fen -> fen > 0).count());
        }
        for (int row = 0; row < years.diseases.end(); row++) {
            if (!years.diseases.isFree(row)) {
                assertThat(years.addDisease(row, -years.diseasePaidFen(row))).isEqualTo(-1);
            }
        }
        assertThat(years.diseases.count()).isZero();
        assertThat(years.diseases.hashHigh()).as("seed " + seed).isEqualTo(empty);
    }
}
