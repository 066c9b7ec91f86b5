package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot is refused for. That it goes on as its engine does is held by {@link SnapshotTwin} in every history. */
@Timeout(120)
final class EngineSnapshotTest {
    private static final int HEAD_LENGTH = 16 + EngineParameters.ENCODED_LENGTH;
    /** Where the first table's header begins, and the lengths in it. */
    private static final int FIRST_TABLE = HEAD_LENGTH + 24;

    private static final int TABLE_HEADER = 48;
    private static final int ROW_LENGTH_AT = 12;
    private static final int ROWS_AT = 16;

    @TempDir
    private Path directory;

    private EngineFixture city;
    private byte[] written;

    @BeforeEach
    void settle() throws IOException {
        city = new EngineFixture(directory);
        for (int person = 0; person < 30; person++) {
            city.settle(
                    city.nextMsgid(EngineFixture.HOSPITAL),
                    person,
                    "11",
                    1,
                    List.of(Line.of(1, "XA01", 10_000, 12_340_000L + person)),
                    encoder -> {});
        }
        written = SnapshotTwin.write(city.engine);
    }

    private SettlementEngine read(final byte[] bytes) throws IOException {
        return SnapshotTwin.read(city.engine.parameters(), TerminalListener.NONE, bytes);
    }

    private byte[] withInt(final int at, final int value) {
        final byte[] changed = written.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return changed;
    }

    private int intAt(final int at) {
        return ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    /** Where the header of this table stands; the tables before it are passed over. */
    private int headerOf(final TableId table) {
        int at = FIRST_TABLE;
        while (intAt(at) != table.number) {
            at += TABLE_HEADER + intAt(at + ROWS_AT) * intAt(at + ROW_LENGTH_AT);
        }
        return at;
    }

    private void assertRefused(final byte[] bytes, final String... words) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class).hasMessageContainingAll(words);
    }

    @Test
    void shouldReadTheStateOfAnEngineThatHasDoneNothing() throws IOException {
        final SettlementEngine fresh = new SettlementEngine(city.engine.parameters(), TerminalListener.NONE);
        final byte[] empty = SnapshotTwin.write(fresh);
        final SettlementEngine again = read(empty);
        assertThat(SnapshotTwin.write(again)).isEqualTo(empty);
        assertThat(again.isClockJump(Long.MAX_VALUE))
                .as("the first command is exempt")
                .isFalse();
    }

    @Test
    void shouldRefuseAnotherFormatAndOtherParameters() throws IOException {
        assertRefused(
                withInt(8, EngineSnapshot.FORMAT + 1),
                "format " + (EngineSnapshot.FORMAT + 1),
                "format " + EngineSnapshot.FORMAT);
        assertRefused(withInt(0, 1), "no state of an engine");
        final EngineParameters other = city.engine.parameters().withHorizonDays(4);
        assertThatThrownBy(() -> SnapshotTwin.read(other, TerminalListener.NONE, written))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other parameters");
    }

    @Test
    void shouldNameTheTableWhoseNumbersAreWrong() {
        final int persons = headerOf(TableId.PERSONS);
        assertRefused(withInt(persons, 77), "PERSONS", "number of the table is 77");
        assertRefused(withInt(persons + 8, 29), "PERSONS", "length of a key is 29", "30");
        assertRefused(withInt(persons + ROW_LENGTH_AT, 170), "PERSONS", "length of a row is 170", "174");
        assertRefused(withInt(persons + ROWS_AT, -1), "PERSONS", "-1 rows");
        assertRefused(withInt(persons + ROWS_AT, 12_000_001), "PERSONS", "12000001 rows", "12000000 is the limit");
        assertRefused(withInt(persons + ROWS_AT, 11_999_999), "PERSONS", "it ends after");
        assertRefused(withInt(persons + ROWS_AT + 4, 1), "PERSONS", "chain of free rows");
        assertRefused(withInt(persons + ROWS_AT + 8, 1), "PERSONS", "no chain");
        assertRefused(withInt(headerOf(TableId.MSGIDS) + 4, 20_000), "MSGIDS", "of day 20000");
        assertRefused(withInt(HEAD_LENGTH + 12, 1_000_000), "VISITS", "sweep is at row 1000000");
        assertRefused(withInt(HEAD_LENGTH + 8, 5), "of day 5");
    }

    @Test
    void shouldRefuseRowsWithTheSameKeyAndRowsOfAnotherHash() {
        final int persons = headerOf(TableId.PERSONS) + TABLE_HEADER;
        final byte[] twice = written.clone();
        System.arraycopy(twice, persons, twice, persons + Rows.PERSON_LENGTH, Rows.PERSON_LENGTH);
        assertRefused(twice, "PERSONS", "row 1 has the key of an earlier row");
        final byte[] richer = written.clone();
        richer[persons + Rows.PERSON_BALANCE] ^= 1;
        assertRefused(richer, "PERSONS", "hash of its 100 rows");
        final int settlements = headerOf(TableId.SETTLEMENTS);
        int day = settlements;
        while (intAt(day + ROWS_AT) < 2) {
            day += TABLE_HEADER + intAt(day + ROWS_AT) * SettlementDays.LENGTH;
        }
        final byte[] falling = written.clone();
        final int rows = day + TABLE_HEADER;
        System.arraycopy(written, rows, falling, rows + SettlementDays.LENGTH, SettlementDays.LENGTH);
        assertRefused(falling, "SETTLEMENTS", "row 1 has the key of an earlier row");
        final byte[] allZero = written.clone();
        Arrays.fill(allZero, persons, persons + 100 * Rows.PERSON_LENGTH, (byte) 0);
        assertRefused(allZero, "PERSONS", "row 1 has the key");
    }

    @Test
    void shouldRefuseWhatIsCutShort() {
        final Random random = new Random(20261128);
        for (int i = 0; i < 60; i++) {
            final int length = i == 0 ? 0 : i == 1 ? written.length - 1 : random.nextInt(written.length);
            assertRefused(Arrays.copyOf(written, length), "it ends after");
        }
    }

    /** Behind the checksum of a file nobody meets such bytes; but no byte may do more than be refused. */
    @Test
    void shouldRefuseOrReadButNeverFailOtherwise() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        int refusedCount = 0;
        for (int i = 0; i < 400; i++) {
            final byte[] damaged = written.clone();
            // Headers are few bytes of many: half the damage is done to them.
            final int table = FIRST_TABLE + TABLE_HEADER + Rows.GLOBALS_LENGTH;
            final int at = i % 2 == 0 ? random.nextInt(damaged.length) : random.nextInt(table);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try {
                final SettlementEngine engine = read(damaged);
                assertThat(engine.recomputeStateHashHigh())
                        .as("seed %d, byte %d", seed, at)
                        .isEqualTo(engine.stateHashHigh());
            } catch (final IOException e) {
                refusedCount++;
                assertThat(e).as("seed %d, byte %d", seed, at).hasMessageMatching("(?s).{10,}");
            }
        }
        assertThat(refusedCount).as("seed %d", seed).isGreaterThan(300);
    }

    @Test
    void shouldHaveEveryTableThatIsHashed() {
        final EngineState state = city.engine.state();
        long high = state.staged.hashHigh();
        for (final FlatTable table : state.plain()) {
            high += table.hashHigh();
        }
        for (final DayTables days : state.byDay()) {
            for (final FlatTable table : days.tables()) {
                high += table.hashHigh();
            }
        }
        assertThat(high).isEqualTo(city.engine.stateHashHigh());
    }

    @Test
    void shouldNotTellTheListenerOfASnapshotThatIsRefused() {
        final byte[] damaged = Arrays.copyOf(written, written.length - 1);
        assertThatThrownBy(() -> SnapshotTwin.read(
                        city.engine.parameters(),
                        (sn, publicKey, keyVersion, status, institution, laneFirst) -> {
                            throw new AssertionError("told of " + sn);
                        },
                        damaged))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldGoOnFromRowsThatWereRemoved() throws IOException {
        final FlatTable table = new FlatTable(TableId.SCRATCH, 8, 24, 2_000, new KeyedHash(1, 2));
        final Random random = new Random(3);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[8]);
        for (int i = 0; i < 5_000; i++) {
            key.putLong(0, 0x0101010101010101L * (1 + random.nextInt(200)) ^ (long) random.nextInt(9) << 40);
            final int row = table.find(key, 0);
            if (row >= 0) {
                table.remove(row);
            } else if (table.reserve(1)) {
                table.endWrite(table.insert(key, 0, 8));
            }
        }
        assertThat(table.freeCount()).isPositive();
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final SnapshotWriter writer = new SnapshotWriter(Channels.newChannel(out));
        TableSection.write(table, 0, writer);
        writer.flush();
        final FlatTable again = new FlatTable(TableId.SCRATCH, 8, 24, 2_000, new KeyedHash(1, 2));
        TableSection.read(again, new SnapshotReader(Channels.newChannel(new ByteArrayInputStream(out.toByteArray()))));
        assertThat(again.count()).isEqualTo(table.count());
        for (int i = 0; i < 1_000; i++) {
            key.putLong(0, 0x0202020202020202L + ((long) i << 24));
            assertThat(again.reserve(1)).isEqualTo(table.reserve(1));
            final int row = table.insert(key, 0, 8);
            assertThat(again.insert(key, 0, 8)).isEqualTo(row);
            table.endWrite(row);
            again.endWrite(row);
        }
        assertThat(again.hashHigh()).isEqualTo(table.hashHigh());
    }

    @Test
    void shouldWriteTheSameBytesAgain() throws IOException {
        assertThat(SnapshotTwin.write(read(written))).isEqualTo(written);
    }
}
