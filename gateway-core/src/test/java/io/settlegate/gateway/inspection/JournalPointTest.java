package io.settlegate.gateway.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class JournalPointTest {
    @Test
    void shouldReadDigitsAsASequence() {
        assertThat(JournalPoint.parse("48213")).isEqualTo(JournalPoint.ofSequence(48_213));
        assertThat(JournalPoint.parse("0")).isEqualTo(JournalPoint.ofSequence(0));
    }

    @Test
    void shouldReadATimeInBeijingUnlessItSaysOtherwise() {
        final JournalPoint exact =
                JournalPoint.ofTime(Instant.parse("2026-11-22T09:45:30.123Z").toEpochMilli());
        assertThat(JournalPoint.parse("2026-11-22T17:45:30.123")).isEqualTo(exact);
        assertThat(JournalPoint.parse("2026-11-22 17:45:30.123")).isEqualTo(exact);
        assertThat(JournalPoint.parse("2026-11-22T17:45:30.123+08:00")).isEqualTo(exact);
        assertThat(JournalPoint.parse("2026-11-22T09:45:30.123Z")).isEqualTo(exact);
        assertThat(JournalPoint.parse("2026-11-22T05:45:30.123-04:00")).isEqualTo(exact);
        assertThat(JournalPoint.parse(ShownTime.of(exact.first()))).isEqualTo(exact);
    }

    @Test
    void shouldTakeAShorterTimeAsAPeriod() {
        final JournalPoint day = JournalPoint.parse("2026-11-22");
        assertThat(day.first()).isEqualTo(Instant.parse("2026-11-21T16:00:00Z").toEpochMilli());
        assertThat(day.last() - day.first()).isEqualTo(86_400_000L - 1);
        final JournalPoint minute = JournalPoint.parse("2026-11-22T17:45");
        assertThat(minute.last() - minute.first()).isEqualTo(60_000L - 1);
        assertThat(JournalPoint.parse("2026-11-22T09:45Z")).isEqualTo(minute);
        final JournalPoint second = JournalPoint.parse("2026-11-22T17:45:30");
        assertThat(second.last() - second.first()).isEqualTo(999);
    }

    @Test
    void shouldSayHowAPointIsWritten() {
        for (final String wrong :
                new String[] {"", "yesterday", "-5", "2026-13-01", "2026-11-22T", "17:45", "9".repeat(19)}) {
            assertThatThrownBy(() -> JournalPoint.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2026-11-22T17:45");
        }
    }
}
