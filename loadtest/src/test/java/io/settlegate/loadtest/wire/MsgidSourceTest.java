package io.settlegate.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MsgidSourceTest {
    /** 2026-11-22 12:00:00 in Beijing. */
    private static final long NOON = 1_795_320_000L;

    @Test
    void shouldWriteInstitutionSecondInBeijingAndNumberOfTheLane() {
        final MsgidSource source = new MsgidSource("H32030200001", 60, 2, NOON);

        assertThat(source.next(NOON)).isEqualTo("H32030200001202611221200000060");
        assertThat(source.next(NOON)).isEqualTo("H32030200001202611221200000061");
        assertThat(source.next(NOON)).isEqualTo("H32030200001202611221200010060");
        assertThat(source.next(NOON + 9)).isEqualTo("H32030200001202611221200090060");
    }

    @Test
    void shouldNeverRepeatAndNeverGoBackWhateverTheClockDoes() {
        final MsgidSource source = new MsgidSource("P32030200001", 0, 20, NOON);
        final Set<String> made = new HashSet<>();
        String last = "";
        for (int i = 0; i < 10_000; i++) {
            final String msgid = source.next(NOON + i % 7 * 10L);
            assertThat(made.add(msgid)).isTrue();
            assertThat(msgid).isGreaterThan(last);
            last = msgid;
        }
    }

    @Test
    void shouldRefuseALaneBeyondFourDigits() {
        assertThatThrownBy(() -> new MsgidSource("P32030200001", 9_990, 20, NOON))
                .hasMessageContaining("lane");
    }
}
