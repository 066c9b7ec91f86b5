package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person costs: row, and the indexes by number, certificate, and card. */
final class StateMemoryTest {
    private static final int MOST_BYTES_A_PERSON = 250;
    private static final int ROWS_OF_A_CHUNK = 512;

    private final EngineState state = new EngineState(EngineParameters.standard("GW1", "320300", 11, 22));
    private final SyntheticPersons persons = new SyntheticPersons(state);

    @Test
    @Timeout(60)
    void shouldHoldAPersonInARowAndThreeSlots() {
        final int count = 100_000;
        fill(count);
        assertThat(Rows.PERSON_LENGTH).isLessThanOrEqualTo(210);
        final long rowBytes = (count + ROWS_OF_A_CHUNK - 1L) / ROWS_OF_A_CHUNK * ROWS_OF_A_CHUNK * Rows.PERSON_LENGTH;
        assertThat(state.persons.bytes()).isGreaterThanOrEqualTo(rowBytes);
        final long indexBytes = state.personBytes() - rowBytes;
        assertThat(indexBytes).as("three slots of four bytes at 0.35 to 0.7").isLessThan(3L * 12 * count);
        assertThat(state.personBytes()).isLessThan((long) MOST_BYTES_A_PERSON * count);
        assertThat(state.tableBytes()).isGreaterThan(state.personBytes());
        assertThat(state.recomputeHigh()).isEqualTo(state.hashHigh());
    }

    @Test
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void shouldHoldTenMillionPersonsInTwoAndAHalfGigabytes() {
        final int count = 10_000_000;
        final long startNs = System.nanoTime();
        fill(count);
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        System.out.printf(
                "%,d persons: rows and index by number %,d bytes, by certificate %,d, by card %,d; in all %,d, which is %.1f"
                        + " a person; inserted in %.1f s%n",
                count,
                state.persons.bytes(),
                state.certificates.bytes(),
                state.cards.bytes(),
                state.personBytes(),
                (double) state.personBytes() / count,
                seconds);
        assertThat(state.personBytes()).isLessThanOrEqualTo((long) MOST_BYTES_A_PERSON * count);
        assertThat(state.tableBytes()).isLessThanOrEqualTo(2_500_000_000L);
    }

    private void fill(final int count) {
        for (int number = 0; number < count; number++) {
            persons.add(number);
        }
        for (int number = 0; number < count; number += 997) {
            assertThat(persons.isFound(number)).as("person %d", number).isTrue();
        }
        assertThat(persons.isFound(count)).isFalse();
    }
}
