package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are found by their rising numbers, rows that are believed to be there, and what several tables count together. */
@Timeout(60)
final class RisingRowsTest {
    private static final int KEY_LENGTH = 9;
    private static final int FIELD = 12;
    private static final int ROW_LENGTH = 20;
    private static final int MOST = 20_000;

    private final KeyedHash hash = new KeyedHash(3, 5);
    private final FlatTable rising = table(FlatTable.Keys.RISING);
    private final FlatTable hashed = table(FlatTable.Keys.HASHED);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH + 3]);

    private FlatTable table(final FlatTable.Keys keys) {
        return new FlatTable(TableId.SCRATCH, KEY_LENGTH, ROW_LENGTH, ROW_LENGTH, MOST, hash, keys);
    }

    private UnsafeBuffer key(final long number) {
        key.putByte(3, (byte) 1);
        key.putLong(4, number);
        return key;
    }

    private void add(final long number, final long value) {
        assertThat(rising.reserve(1)).isTrue();
        final int row = rising.append(number);
        assertThat(rising.getLong(row, FIELD)).as("a new row is zero").isZero();
        rising.putLong(row, FIELD, value);
        rising.endWrite(row);
        assertThat(hashed.reserve(1)).isTrue();
        final int twin = hashed.insert(key(number), 3, KEY_LENGTH);
        hashed.putLong(twin, FIELD, value);
        hashed.endWrite(twin);
        assertThat(row).isEqualTo(twin);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261128, -7})
    void shouldFindWhatAnIndexFindsAndHashAlike(final long seed) {
        final Random random = new Random(seed);
        long number = random.nextInt(1000);
        final List<Long> asked = new ArrayList<>(List.of(number - 1, Long.MAX_VALUE, Long.MIN_VALUE, 0L));
        assertThat(rising.find(key(number), 3)).as("an empty table").isEqualTo(-1);
        for (int i = 0; i < MOST; i++) {
            add(number, random.nextLong());
            asked.add(number);
            asked.add(number + 1);
            number += 1 + random.nextInt(1 + random.nextInt(1_000_000));
        }
        assertThat(rising.reserve(1)).as("the limit").isFalse();
        for (final long one : asked) {
            assertThat(rising.find(key(one), 3)).as("seed " + seed + ", " + one).isEqualTo(hashed.find(key(one), 3));
        }
        assertThat(rising.hashHigh()).isEqualTo(hashed.hashHigh()).isEqualTo(rising.recomputeHigh());
        assertThat(rising.hashLow()).isEqualTo(hashed.hashLow()).isEqualTo(rising.recomputeLow());
        assertThat(rising.bytes()).as("no index is held").isLessThan(hashed.bytes());
        rising.clear();
        assertThat(rising.find(key(asked.get(4)), 3)).as("after clear").isEqualTo(-1);
    }

    @Test
    void shouldTakeABelievedRowOnlyIfItHasTheKey() {
        final Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            add(3L * i, random.nextLong());
        }
        for (int i = 0; i < 1000; i++) {
            for (final int believed : new int[] {i, i + 1, -1, 0, 999, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                assertThat(hashed.findNear(key(3L * i), 3, believed))
                        .as(i + " believed at " + believed)
                        .isEqualTo(i);
                assertThat(hashed.findNear(key(3L * i + 1), 3, believed)).isEqualTo(-1);
            }
        }
        final BelievedRows rows = new BelievedRows();
        assertThat(rows.of(7)).isEqualTo(-1);
        assertThat(rows.keep(7, 12)).isEqualTo(12);
        assertThat(rows.of(7)).isEqualTo(12);
        assertThat(rows.keep(7 + 4096, -1)).isEqualTo(-1);
        assertThat(rows.of(7)).isEqualTo(-1);
    }

    @Test
    void shouldCountTheRowsOfSeveralTablesTogether() {
        final HashTotal total = new HashTotal();
        rising.countIn(total);
        hashed.countIn(total);
        for (int i = 0; i < 1000; i++) {
            add(i, i * 7919L);
        }
        hashed.beginWrite(500);
        hashed.putLong(500, FIELD, 1);
        hashed.endWrite(500);
        hashed.remove(3);
        assertThat(total.high).isEqualTo(rising.recomputeHigh() + hashed.recomputeHigh());
        assertThat(total.low).isEqualTo(rising.recomputeLow() + hashed.recomputeLow());
        rising.clear();
        assertThat(total.high).isEqualTo(hashed.recomputeHigh()).isNotZero();
        assertThat(total.low).isEqualTo(hashed.recomputeLow()).isNotZero();
        hashed.clear();
        assertThat(total.high).isZero();
        assertThat(total.low).isZero();
    }
}
