package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that come and go one by one, against a map of the platform's. */
@Timeout(60)
final class FlatTableRemoveTest {
    private static final int KEY_LENGTH = 13;
    private static final int FIELD = 16;
    private static final int ROW_LENGTH = 24;
    private static final int MOST = 6_000;
    private static final int ROUNDS = 60_000;

    private final KeyedHash hash = new KeyedHash(3, 5);
    private final FlatTable table = table(MOST);
    private final FlatTable twin = table(MOST);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);

    private FlatTable table(final int limit) {
        return new FlatTable(TableId.SCRATCH, KEY_LENGTH, ROW_LENGTH, limit, hash);
    }

    private UnsafeBuffer key(final long number) {
        key.setMemory(0, KEY_LENGTH, (byte) 0);
        key.putStringWithoutLengthAscii(0, Long.toString(number, Character.MAX_RADIX));
        return key;
    }

    private int insert(final FlatTable into, final long number, final long value) {
        assertThat(into.reserve(1)).isTrue();
        final int row = into.insert(key(number), 0, KEY_LENGTH);
        assertThat(into.getLong(row, FIELD)).as("a new row is zero").isZero();
        into.putLong(row, FIELD, value);
        into.endWrite(row);
        return row;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, -7})
    void shouldHoldWhatAMapHoldsAndNameRowsAlikeForTheSameCommands(final long seed) {
        final Random random = new Random(seed);
        final Map<Long, Long> values = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            final String which = "seed " + seed + ", round " + round;
            final long number = random.nextInt(MOST * 2);
            final int row = table.find(key(number), 0);
            assertThat(row >= 0).as(which).isEqualTo(values.containsKey(number));
            // Ups and downs: the table is filled to its limit and nearly emptied several times.
            final boolean isGrowing = round / 10_000 % 2 == 0;
            if (row < 0 && values.size() < MOST && (isGrowing || random.nextInt(4) == 0)) {
                values.put(number, (long) round);
                assertThat(insert(table, number, round)).as(which).isEqualTo(insert(twin, number, round));
            } else if (row >= 0 && (!isGrowing || random.nextInt(4) == 0)) {
                assertThat(table.getLong(row, FIELD)).as(which).isEqualTo(values.remove(number));
                table.remove(row);
                twin.remove(row);
                assertThat(table.isFree(row)).as(which).isTrue();
            }
            if (round % 5_000 == 0) {
                assertSame(values, which);
            }
        }
        assertSame(values, "seed " + seed);
    }

    private void assertSame(final Map<Long, Long> values, final String which) {
        assertThat(table.count()).as(which).isEqualTo(values.size());
        final FlatTable fresh = table(MOST);
        for (final Map.Entry<Long, Long> entry : values.entrySet()) {
            final int row = table.find(key(entry.getKey()), 0);
            assertThat(table.getLong(row, FIELD)).as(which).isEqualTo(entry.getValue());
            insert(fresh, entry.getKey(), entry.getValue());
        }
        assertThat(table.hashHigh()).as(which).isEqualTo(fresh.hashHigh()).isEqualTo(table.recomputeHigh());
        assertThat(table.hashLow()).as(which).isEqualTo(fresh.hashLow()).isEqualTo(table.recomputeLow());
        assertThat(table.end()).as(which).isLessThanOrEqualTo(MOST);
    }

    @Test
    void shouldUseTheRowThatWasRemovedLastFirst() {
        final List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(insert(table, i, i));
        }
        table.remove(rows.get(3));
        table.remove(rows.get(7));
        table.remove(rows.get(0));
        assertThat(insert(table, 100, 1)).isEqualTo(rows.get(0));
        assertThat(insert(table, 101, 1)).isEqualTo(rows.get(7));
        assertThat(insert(table, 102, 1)).isEqualTo(rows.get(3));
        assertThat(insert(table, 103, 1)).isEqualTo(10);
    }

    @Test
    void shouldCountOnlyRowsThatHoldSomethingAgainstTheLimit() {
        final FlatTable small = table(3);
        insert(small, 1, 1);
        insert(small, 2, 1);
        insert(small, 3, 1);
        assertThat(small.reserve(1)).isFalse();
        small.remove(small.find(key(2), 0));
        assertThat(small.reserve(2)).isFalse();
        insert(small, 4, 1);
        assertThat(small.reserve(1)).isFalse();
        assertThat(small.count()).isEqualTo(3);
    }

    @Test
    void shouldForgetItsFreeRowsWhenCleared() {
        for (int i = 0; i < 100; i++) {
            insert(table, i, i);
        }
        final long bytes = table.bytes();
        table.remove(50);
        table.remove(20);
        table.clear();
        assertThat(table.count()).isZero();
        for (int i = 0; i < 100; i++) {
            assertThat(insert(table, i, i)).isEqualTo(i);
        }
        assertThat(table.bytes()).isEqualTo(bytes);
        assertThat(table.recomputeHigh()).isEqualTo(table.hashHigh());
    }
}
