package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settlements among the msgids of some days, found by their sequences. */
@Timeout(60)
final class MsgidDaysTest {
    private static final int HORIZON_DAYS = 31;
    private static final int COUNT = 60_000;
    private static final long START_MS = 1_767_000_000_000L;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final MsgidDays days = new MsgidDays(HORIZON_DAYS, COUNT, new KeyedHash(seed, 2));
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.MSGID_KEY]);

    @Test
    void shouldFindSettlementsBySequenceWhateverDayIsAskedFirst() {
        final Map<Long, Integer> rows = new HashMap<>();
        final Map<Long, FlatTable> tables = new HashMap<>();
        long sequence = 1;
        for (int i = 0; i < COUNT; i++) {
            sequence += 1 + random.nextInt(3);
            // Most settle on the msgid's day, some later.
            final FlatTable day = days.table(START_MS + random.nextInt(HORIZON_DAYS) * BusinessTime.DAY_MS);
            Fields.putDigits(key, 0, sequence, Rows.MSGID_KEY);
            assertThat(day.reserve(1)).isTrue();
            final int row = day.insert(key, 0, Rows.MSGID_KEY);
            day.putLong(row, Rows.MSGID_SEQUENCE, sequence);
            day.endWrite(row);
            if (random.nextInt(3) > 0) {
                days.putSettlement(day, row);
                rows.put(sequence, row);
                tables.put(sequence, day);
            }
        }
        for (long asked = 0; asked <= sequence + 1; asked++) {
            final String which = "seed " + seed + ", sequence " + asked;
            final boolean found = days.findSettlement(asked, random.nextInt());
            assertThat(found).as(which).isEqualTo(rows.containsKey(asked));
            assertThat(days.foundRow).as(which).isEqualTo(rows.getOrDefault(asked, -1));
            if (found) {
                assertThat(days.foundDay).as(which).isSameAs(tables.get(asked));
            }
        }
    }

    @Test
    void shouldForgetSettlementsWithTheirDay() {
        Fields.putDigits(key, 0, 5, Rows.MSGID_KEY);
        final FlatTable day = days.table(START_MS);
        assertThat(day.reserve(1)).isTrue();
        final int row = day.insert(key, 0, Rows.MSGID_KEY);
        day.putLong(row, Rows.MSGID_SEQUENCE, 5);
        day.endWrite(row);
        days.putSettlement(day, row);
        days.dropBefore(START_MS + HORIZON_DAYS * BusinessTime.DAY_MS);
        assertThat(days.findSettlement(5)).isTrue();
        days.dropBefore(START_MS + (HORIZON_DAYS + 1) * BusinessTime.DAY_MS);
        assertThat(days.findSettlement(5)).isFalse();
        assertThat(days.indexBytes()).as("the memory serves a later day").isPositive();
    }
}
