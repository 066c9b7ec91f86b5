package io.settlegate.loadtest.driver.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long START_NS = Long.MAX_VALUE - 1_000;

    @Test
    void shouldPlanEvenlyWhateverTheClockStandsAt() {
        final Schedule schedule = new Schedule(START_NS, 1_000, 3, 10);
        for (int i = 0; i < 10; i++) {
            assertThat(schedule.plannedNs(i) - START_NS).isEqualTo(i * 1_000_000L);
        }
    }

    @Test
    void shouldNotDriftOverAnHour() {
        final Schedule schedule = new Schedule(0, 3_000, 1, Long.MAX_VALUE);
        assertThat(schedule.plannedNs(3_000L * 3_600)).isEqualTo(3_600_000_000_000L);
    }

    @Test
    void shouldGiveEachConnectionItsShareInTurn() {
        final int connectionCount = 3;
        final int requestCount = 10;
        final Schedule schedule = new Schedule(0, 1, connectionCount, requestCount);
        final int[] next = new int[connectionCount];
        for (int number = 0; number < requestCount; number++) {
            final int connection = schedule.connection(number);
            assertThat(schedule.plannedNs(connection, next[connection]++)).isEqualTo(schedule.plannedNs(number));
        }
        for (int connection = 0; connection < connectionCount; connection++) {
            assertThat(Schedule.share(requestCount, connectionCount, connection))
                    .isEqualTo(next[connection]);
        }
        assertThat(Arrays.stream(next).sum()).isEqualTo(requestCount);
    }
}
