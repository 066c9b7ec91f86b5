package io.settlegate.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MsgidLaneTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T04:00:00Z"), ZoneOffset.UTC);

    @Test
    void shouldWriteBeijingTimeAndStayInItsLane() {
        final MsgidLane lane = new MsgidLane("P32030200001", 40, 20, NOON);
        assertThat(lane.next()).isEqualTo("P32030200001" + "20261122120000" + "0040");
        assertThat(lane.next()).isEqualTo("P32030200001" + "20261122120000" + "0041");
    }

    @Test
    void shouldTakeTheNextSecondsNumbersWhenASecondIsUsedUp() {
        final MsgidLane lane = new MsgidLane("P32030200001", 0, 20, NOON);
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            final String msgid = lane.next();
            assertThat(seen.add(msgid)).as("%s is new", msgid).isTrue();
            assertThat(Integer.parseInt(msgid.substring(26))).isBetween(0, 19);
        }
        assertThat(lane.next()).startsWith("P3203020000120261122120050");
    }

    @Test
    void shouldRefuseALaneBeyondFourDigits() {
        assertThatThrownBy(() -> new MsgidLane("P32030200001", 9_990, 20, NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
