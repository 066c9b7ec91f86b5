package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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

/** Tables and their indexes against a map of the platform's, at sizes where segments have been split many times. */
@Timeout(60)
final class KeyIndexTest {
    private static final int KEY_LENGTH = 13;
    private static final int FIELD = 13;
    private static final int FIELD_LENGTH = 9;
    private static final int ROW_LENGTH = 24;
    private static final int COUNT = 40_000;
    private static final long BLOCK_BYTES = 64 * 1024;

    private final KeyedHash hash = new KeyedHash(3, 5);
    private final FlatTable table = new FlatTable(TableId.SCRATCH, KEY_LENGTH, ROW_LENGTH, COUNT * 2, hash);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);

    private UnsafeBuffer key(final long number) {
        key.setMemory(0, KEY_LENGTH, (byte) 0);
        key.putStringWithoutLengthAscii(0, Long.toString(number, Character.MAX_RADIX));
        return key;
    }

    private int insert(final long number) {
        assertThat(table.reserve(1)).isTrue();
        final int row = table.insert(key(number), 0, KEY_LENGTH);
        table.putLong(row, FIELD, number);
        table.endWrite(row);
        return row;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, -7})
    void shouldFindWhatAMapFindsAndNothingElse(final long seed) {
        final Random random = new Random(seed);
        final Map<Long, Integer> rows = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            final long number = random.nextInt(COUNT * 2);
            final int found = table.find(key(number), 0);
            assertThat(found).as("seed %d, insert %d", seed, i).isEqualTo(rows.getOrDefault(number, -1));
            if (found < 0) {
                rows.put(number, insert(number));
            }
        }
        for (long number = 0; number < COUNT * 2; number++) {
            assertThat(table.find(key(number), 0))
                    .as("seed %d, number %d", seed, number)
                    .isEqualTo(rows.getOrDefault(number, -1));
        }
        assertThat(table.count()).isEqualTo(rows.size());
        assertThat(table.recomputeHigh()).isEqualTo(table.hashHigh());
        assertThat(table.recomputeLow()).isEqualTo(table.hashLow());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 99})
    void shouldFollowFieldsThatChange(final long seed) {
        final Random random = new Random(seed);
        final KeyIndex index = new KeyIndex(table, FIELD, FIELD_LENGTH, hash);
        final Map<Long, Integer> rowOf = new HashMap<>();
        final List<Long> fieldOf = new ArrayList<>();
        final UnsafeBuffer field = new UnsafeBuffer(new byte[FIELD_LENGTH]);
        for (int i = 0; i < COUNT / 2; i++) {
            final int row = insert(i);
            index.put(row);
            rowOf.put((long) i, row);
            fieldOf.add((long) i);
        }
        for (int change = 0; change < COUNT; change++) {
            final int row = random.nextInt(COUNT / 2);
            final long value = random.nextInt(COUNT);
            if (rowOf.containsKey(value)) {
                continue;
            }
            index.remove(row);
            rowOf.remove(fieldOf.get(row));
            table.putLong(row, FIELD, value);
            index.put(row);
            rowOf.put(value, row);
            fieldOf.set(row, value);
        }
        for (long value = 0; value < COUNT; value++) {
            field.putLong(0, value);
            assertThat(index.find(field, 0))
                    .as("seed %d, value %d", seed, value)
                    .isEqualTo(rowOf.getOrDefault(value, -1));
        }
        assertThat(index.used()).isEqualTo(rowOf.size());
    }

    @Test
    void shouldKeepItsMemoryWhenClearedAndBeAsGoodAsNew() {
        for (int i = 0; i < COUNT; i++) {
            insert(i);
        }
        final long bytes = table.bytes();
        final long hashHigh = table.hashHigh();
        for (int round = 0; round < 3; round++) {
            table.clear();
            assertThat(table.find(key(7), 0)).isEqualTo(-1);
            assertThat(table.hashHigh()).isZero();
            for (int i = COUNT - 1; i >= 0; i--) {
                insert(i);
            }
            assertThat(table.bytes()).as("round %d", round).isEqualTo(bytes);
            assertThat(table.hashHigh()).isEqualTo(hashHigh);
        }
        for (int i = 0; i < COUNT; i++) {
            assertThat(table.find(key(i), 0)).isEqualTo(COUNT - 1 - i);
        }
    }

    @Test
    void shouldGrowByASegmentAndNeverAsAWhole() {
        final KeyIndex index = new KeyIndex(table, FIELD, FIELD_LENGTH, hash);
        for (int i = 0; i < COUNT; i++) {
            final int row = insert(i);
            final long before = index.bytes();
            index.put(row);
            assertThat(index.bytes() - before)
                    .as("row %d: a block of segments and twice the directory", row)
                    .isLessThanOrEqualTo(BLOCK_BYTES + 4L * COUNT / 300);
        }
        assertThat(index.bytes()).as("12 bytes a row at most").isLessThan(12L * COUNT);
    }

    @Test
    void shouldFindWithoutAllocating() {
        for (int i = 0; i < COUNT; i++) {
            insert(i);
        }
        final UnsafeBuffer[] keys = new UnsafeBuffer[64];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new UnsafeBuffer(key(i * 1_000L).byteArray().clone());
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long found = findAll(keys, 20_000);
        final long before = threads.getCurrentThreadAllocatedBytes();
        found += findAll(keys, 20_000);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isPositive();
        assertThat(allocated).as("bytes in 1.3 million searches").isLessThan(1_000);
    }

    private long findAll(final UnsafeBuffer[] keys, final int rounds) {
        long sum = 0;
        for (int round = 0; round < rounds; round++) {
            for (final UnsafeBuffer one : keys) {
                sum += table.find(one, 0);
            }
        }
        return sum;
    }

    @Test
    void shouldRefuseRowsBeyondTheLimitAndLimitsBeyondTheSlots() {
        final FlatTable small = new FlatTable(TableId.SCRATCH, KEY_LENGTH, ROW_LENGTH, 3, hash);
        assertThat(small.reserve(4)).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(small.reserve(1)).isTrue();
            small.insert(key(i), 0, KEY_LENGTH);
        }
        assertThat(small.reserve(1)).isFalse();
        assertThatThrownBy(() -> new FlatTable(TableId.SCRATCH, KEY_LENGTH, ROW_LENGTH, KeyIndex.MAX_ROWS + 1, hash))
                .hasMessageContaining("the limit of a table");
        final int city = TableLimits.CITY.persons();
        assertThatThrownBy(() -> new TableLimits(1, 1, 1, city * 3, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .hasMessageContaining("at most");
    }
}
