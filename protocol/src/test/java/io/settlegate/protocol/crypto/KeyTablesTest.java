package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.KeyTableBuilder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KeyTablesTest {
    private static final int WORDS = Equation.KEY_TABLE_WORDS;

    private final SecureRandom random = new SecureRandom();
    private final long[] copy = new long[WORDS];

    @Test
    void shouldBuildInTheBackgroundWhatWasAskedFor() throws InterruptedException {
        try (KeyTables tables = new KeyTables(10L * KeyTables.TABLE_BYTES)) {
            final Sm2PublicKey key = key();
            assertThat(tables.read(key, copy, 0)).isFalse();
            tables.prepare(key);
            awaitPrepared(tables, key);
            assertThat(tables.read(key, copy, 0)).isTrue();
            assertThat(copy).isEqualTo(expected(key));
            assertThat(tables.count()).isEqualTo(1);
        }
    }

    @Test
    void shouldQueueAKeyThatIsMetOftenWithoutTable() throws InterruptedException {
        try (KeyTables tables = new KeyTables(10L * KeyTables.TABLE_BYTES)) {
            final Sm2PublicKey key = key();
            for (int i = 0; i < KeyTables.MISSES_BEFORE_PREPARE; i++) {
                assertThat(tables.read(key, copy, 0)).isFalse();
            }
            awaitPrepared(tables, key);
        }
    }

    @Test
    void shouldEvictWhatWasNotReadLately() {
        try (KeyTables tables = new KeyTables(3L * KeyTables.TABLE_BYTES)) {
            final List<Sm2PublicKey> keys = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                keys.add(key());
                tables.prepareNow(keys.get(i));
            }
            // All three were marked, so the hand went round and took the first; now the third is read, the second is
            // not.
            assertThat(tables.isPrepared(keys.get(0))).isFalse();
            assertThat(tables.read(keys.get(2), copy, 0)).isTrue();
            tables.prepareNow(key());
            assertThat(tables.isPrepared(keys.get(1))).isFalse();
            assertThat(tables.isPrepared(keys.get(2))).isTrue();
            assertThat(tables.count()).isEqualTo(3);
            assertThat(tables.capacity()).isEqualTo(3);
            assertThat(tables.evictions()).isEqualTo(2);
        }
    }

    @Test
    void shouldHoldNoTableWithoutBudget() {
        final KeyTables none = KeyTables.none();
        final Sm2PublicKey key = key();
        none.prepare(key);
        assertThat(none.read(key, copy, 0)).isFalse();
        assertThat(none.capacity()).isZero();
    }

    @Test
    void shouldNotTakeTheTableOfAnotherPool() {
        try (KeyTables first = new KeyTables(KeyTables.TABLE_BYTES);
                KeyTables second = new KeyTables(KeyTables.TABLE_BYTES)) {
            final Sm2PublicKey key = key();
            first.prepareNow(key);
            second.prepareNow(key());
            assertThat(second.read(key, copy, 0)).isFalse();
        }
    }

    /** One slot, two keys that drive each other out without pause: a reader gets the right table or none. */
    @Test
    void shouldNeverGiveATableThatIsBeingReplaced() throws InterruptedException {
        try (KeyTables tables = new KeyTables(KeyTables.TABLE_BYTES)) {
            final Sm2PublicKey[] keys = {key(), key()};
            final long[][] right = {expected(keys[0]), expected(keys[1])};
            final AtomicBoolean stopped = new AtomicBoolean();
            final AtomicReference<String> wrong = new AtomicReference<>();
            final Thread reader = new Thread(() -> {
                final long[] mine = new long[WORDS];
                for (int i = 0; !stopped.get(); i = 1 - i) {
                    if (tables.read(keys[i], mine, 0) && !java.util.Arrays.equals(mine, right[i])) {
                        wrong.set("a torn table for key " + i);
                    }
                }
            });
            reader.start();
            for (int i = 0; i < 1500; i++) {
                tables.prepareNow(keys[i & 1]);
            }
            stopped.set(true);
            reader.join(60_000);
            assertThat(reader.isAlive()).isFalse();
            assertThat(wrong.get()).isNull();
        }
    }

    private Sm2PublicKey key() {
        return Sm2PrivateKey.generate(random).publicKey();
    }

    private static long[] expected(final Sm2PublicKey key) {
        final long[] table = new long[WORDS];
        new KeyTableBuilder().build(table, key.encoded(), 1);
        return table;
    }

    private static void awaitPrepared(final KeyTables tables, final Sm2PublicKey key) throws InterruptedException {
        while (!tables.isPrepared(key)) {
            Thread.sleep(1);
        }
    }
}
