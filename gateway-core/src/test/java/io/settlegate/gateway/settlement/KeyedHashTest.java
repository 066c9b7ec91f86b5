package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hash of rows and what the tables sum up with it. */
@Timeout(60)
final class KeyedHashTest {
    private static final int KEY_LENGTH = 8;
    private static final int ROW_LENGTH = 204;
    private static final int ROWS = 500;
    private static final int BLOCK_LENGTH = 256;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final KeyedHash hash = new KeyedHash(random.nextLong(), random.nextLong());
    private final String which = "seed " + seed;

    @Test
    void shouldDifferByEachBitOfEachLength() {
        final UnsafeBuffer bytes = randomBytes(2 * BLOCK_LENGTH + 40);
        final Set<Long> highs = new HashSet<>();
        final Set<Long> lows = new HashSet<>();
        int count = 0;
        for (int length = 0; length <= bytes.capacity(); length += length < 40 ? 1 : 37) {
            take(bytes, length, highs, lows);
            count++;
            for (int bit = 0; bit < length * Byte.SIZE; bit++) {
                final int at = bit / Byte.SIZE;
                final byte before = bytes.getByte(at);
                bytes.putByte(at, (byte) (before ^ (1 << (bit % Byte.SIZE))));
                take(bytes, length, highs, lows);
                bytes.putByte(at, before);
                count++;
            }
        }
        assertThat(highs).as(which).hasSize(count);
        assertThat(lows).as(which).hasSize(count);
    }

    private void take(final UnsafeBuffer bytes, final int length, final Set<Long> highs, final Set<Long> lows) {
        hash.begin(1).bytes(bytes, 0, length);
        highs.add(hash.high());
        lows.add(hash.low());
    }

    @Test
    void shouldDifferByDomainAndByKeyOfTheHash() {
        final UnsafeBuffer bytes = randomBytes(ROW_LENGTH);
        final Set<Long> halves = new HashSet<>();
        for (int domain = 0; domain < 100; domain++) {
            hash.begin(domain).bytes(bytes, 0, ROW_LENGTH);
            halves.add(hash.high());
            halves.add(hash.low());
            final KeyedHash other = new KeyedHash(domain, seed);
            other.begin(0).bytes(bytes, 0, ROW_LENGTH);
            halves.add(other.high());
            halves.add(other.low());
        }
        assertThat(halves).as(which).hasSize(400);
    }

    @Test
    void shouldDifferWhereWordsOrZerosStandElsewhere() {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[ROW_LENGTH]);
        final Set<Long> halves = new HashSet<>();
        int count = 0;
        for (int word = 0; word + Long.BYTES <= ROW_LENGTH; word += Long.BYTES) {
            bytes.setMemory(0, ROW_LENGTH, (byte) 0);
            bytes.putLong(word, 7);
            halves.add(hash.begin(1).bytes(bytes, 0, ROW_LENGTH).high());
            count++;
        }
        bytes.setMemory(0, ROW_LENGTH, (byte) 0);
        for (int length = 0; length <= ROW_LENGTH; length++) {
            halves.add(hash.begin(1).bytes(bytes, 0, length).high());
            count++;
        }
        assertThat(halves).as(which).hasSize(count);
    }

    @Test
    void shouldReadTheSameBytesAlikeOnTheHeapAndOffIt() {
        final UnsafeBuffer heap = randomBytes(700);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(1_000));
        for (int round = 0; round < 1_000; round++) {
            final int length = random.nextInt(heap.capacity() + 1);
            final int from = random.nextInt(heap.capacity() - length + 1);
            final int to = random.nextInt(300);
            direct.putBytes(to, heap, from, length);
            hash.begin(3).bytes(heap, from, length);
            final long high = hash.high();
            final long low = hash.low();
            hash.begin(3).bytes(direct, to, length);
            assertThat(new long[] {hash.high(), hash.low()}).as(which).containsExactly(high, low);
        }
        assertThatThrownBy(() -> hash.begin(1).bytes(heap, 690, 11)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldSumUpRowsInAnyOrderAndAfterAnyWrites() {
        final List<Long> keys = new ArrayList<>();
        for (long key = 1; key <= ROWS; key++) {
            keys.add(key);
        }
        final FlatTable first = table(TableId.PERSONS, keys);
        Collections.shuffle(keys, random);
        final FlatTable second = table(TableId.PERSONS, keys);
        assertSame(first, second);
        assertThat(table(TableId.MSGIDS, keys).hashHigh()).as(which).isNotEqualTo(first.hashHigh());
        for (int write = 0; write < 5_000; write++) {
            final long key = 1L + random.nextInt(ROWS);
            final int field = KEY_LENGTH + random.nextInt(ROW_LENGTH - KEY_LENGTH - Long.BYTES);
            final long value = random.nextLong();
            put(first, key, field, value);
            put(second, key, field, value);
        }
        assertSame(first, second);
        assertThat(first.recomputeHigh()).as(which).isEqualTo(first.hashHigh());
        assertThat(first.recomputeLow()).as(which).isEqualTo(first.hashLow());
    }

    @Test
    void shouldTellRowsApartThatChangedPlacesOrParts() {
        final FlatTable table = table(TableId.PERSONS, List.of(1L, 2L));
        final long before = table.hashHigh();
        final long ofFirst = table.getLong(0, 16);
        final long ofSecond = table.getLong(1, 16);
        put(table, 1, 16, ofSecond);
        put(table, 2, 16, ofFirst);
        assertThat(table.hashHigh()).as(which).isNotEqualTo(before);
        put(table, 1, 16, ofFirst);
        put(table, 2, 16, ofSecond);
        assertThat(table.hashHigh()).as(which).isEqualTo(before);
    }

    /** Slots are taken from the lowest bits, segments from the highest. */
    @Test
    void shouldSpreadKeysThatFollowEachOther() {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[30]);
        final int buckets = 1024;
        final int keys = 200 * buckets;
        final int[] lowest = new int[buckets];
        final int[] highest = new int[buckets];
        for (int i = 0; i < keys; i++) {
            key.putNaturalPaddedIntAscii(9, 12, i);
            final long keyHash = hash.ofKey(key.byteArray(), key.addressOffset(), key.capacity());
            lowest[(int) keyHash & (buckets - 1)]++;
            highest[(int) (keyHash >>> 54)]++;
        }
        for (int bucket = 0; bucket < buckets; bucket++) {
            assertThat(lowest[bucket]).as(which).isBetween(100, 320);
            assertThat(highest[bucket]).as(which).isBetween(100, 320);
        }
    }

    private void assertSame(final FlatTable first, final FlatTable second) {
        assertThat(new long[] {second.hashHigh(), second.hashLow()})
                .as(which)
                .containsExactly(first.hashHigh(), first.hashLow());
    }

    /** Rows whose content follows from their keys. */
    private FlatTable table(final TableId id, final List<Long> keys) {
        final FlatTable table = new FlatTable(id, KEY_LENGTH, ROW_LENGTH, ROWS, hash);
        assertThat(table.reserve(keys.size())).isTrue();
        for (final long key : keys) {
            final int row = table.insert(key(key), 0, KEY_LENGTH);
            for (int field = KEY_LENGTH; field + Long.BYTES <= ROW_LENGTH; field += Long.BYTES) {
                table.putLong(row, field, key * field);
            }
            table.endWrite(row);
        }
        return table;
    }

    private void put(final FlatTable table, final long key, final int field, final long value) {
        final int row = table.find(key(key), 0);
        table.beginWrite(row);
        table.putLong(row, field, value);
        table.endWrite(row);
    }

    private static UnsafeBuffer key(final long key) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[KEY_LENGTH]);
        bytes.putLong(0, key);
        return bytes;
    }

    private UnsafeBuffer randomBytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new UnsafeBuffer(bytes);
    }
}
