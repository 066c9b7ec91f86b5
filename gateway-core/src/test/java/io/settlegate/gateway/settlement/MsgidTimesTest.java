package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.ResultCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A msgid's time is what its digits say, whatever date was read before; hashes of short keys are one, however they are made. */
@Timeout(60)
final class MsgidTimesTest {
    private static final String[] DATES = {
        "20261120",
        "20261119",
        "20261121",
        "20261131",
        "20260229",
        "20240229",
        "19700101",
        "00000000",
        "2026112x",
        "\0\0\0\0\0\0\0\0"
    };
    private static final String[] TIMES = {"000000", "235959", "240000", "236000", "235960", "12345x", "\0\0\0\0\0\0"};

    @Test
    void shouldReadEachTimeAsIfItWereTheFirst(@TempDir final Path directory) throws IOException {
        final EngineFixture city = new EngineFixture(directory);
        final MsgidRule rule = new MsgidRule(city.engine.state(), city.engine.parameters());
        final UnsafeBuffer msgid = new UnsafeBuffer(new byte[Rows.MSGID_KEY]);
        final long seed = 20261128;
        final Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            final String text = DATES[random.nextInt(DATES.length)] + TIMES[random.nextInt(TIMES.length)];
            msgid.putStringWithoutLengthAscii(0, EngineFixture.HOSPITAL + text + "0001");
            final long expectedMs = BusinessTime.parse(msgid, Rows.INSTITUTION_KEY);
            final ResultCode code = rule.check(msgid, 0, 0, EngineFixture.NOW_MS);
            final String which = "seed " + seed + ", round " + round + ", " + text;
            assertThat(rule.timeMs).as(which).isEqualTo(expectedMs);
            assertThat(code == ResultCode.MSGID_MALFORMED).as(which).isEqualTo(expectedMs == BusinessTime.INVALID);
        }
    }

    @Test
    void shouldHashAKeyOfAYearTheSameByWordsAndByBytes() {
        final KeyedHash hash = new KeyedHash(3, 5);
        final Random random = new Random(3);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);
        for (int round = 0; round < 10_000; round++) {
            final int length = 9 + random.nextInt(8);
            key.putLong(0, random.nextLong());
            key.putLong(8, random.nextLong());
            final long second = length == 16 ? key.getLong(8) : key.getLong(8) & ((1L << ((length - 8) * 8)) - 1);
            assertThat(hash.ofKey(key.getLong(0), second))
                    .as("round " + round)
                    .isEqualTo(hash.ofKey(key.byteArray(), key.addressOffset(), length));
        }
    }
}
