package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.RequestHeaderEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a month of a million settlements. Prints how long they take; asserts what they count and no time. */
@Tag("long")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ClearingSpeedTest {
    private static final int COUNT = Integer.getInteger("settlegate.clearing.settlements", 1_000_000);
    private static final int BATCH = 500;
    private static final int MSGID = MessageHeaderEncoder.ENCODED_LENGTH + RequestHeaderEncoder.msgidEncodingOffset();
    private static final int BEGNTIME =
            MessageHeaderEncoder.ENCODED_LENGTH + PharmacySettleEncoder.begntimeMsEncodingOffset();
    private static final long SPAN_MS = TimeUnit.DAYS.toMillis(27);

    @TempDir
    private Path directory;

    @Test
    void shouldReportAMonthOfAMillionSettlements() throws IOException {
        final SmallCity city = SmallCity.found(directory);
        final YearMonth month;
        try (WrittenJournal journal = new WrittenJournal(city)) {
            month = YearMonth.from(LocalDate.ofInstant(journal.clock().instant(), ZoneOffset.ofHours(8)))
                    .plusMonths(1);
            journal.advanceTo(
                    month.atDay(1).atTime(1, 0).toInstant(ZoneOffset.ofHours(8)).toEpochMilli());
            write(journal, city);
        }
        final String data = city.data().toString();
        final JsonNode statement = timed(
                "clearing",
                "statement",
                "--data",
                data,
                "--office",
                SmallCity.COUNTY,
                "--month",
                month.toString(),
                "--out",
                directory.resolve("statement").toString(),
                "--json");
        assertThat(statement.at("/totals/settlements").asLong()).isEqualTo(COUNT);
        final JsonNode checked = timed(
                "clearing",
                "statement",
                "--data",
                data,
                "--office",
                SmallCity.COUNTY,
                "--month",
                month.toString(),
                "--out",
                directory.resolve("checked").toString(),
                "--check",
                "--json");
        assertThat(checked.at("/checks/engine").asText()).isEqualTo("equal");
        final JsonNode activity = timed(
                "activity",
                "--data",
                data,
                "--from",
                month.atDay(1).toString(),
                "--to",
                month.atEndOfMonth().toString(),
                "--json");
        assertThat(activity.at("/whole/settlements").asLong()).isEqualTo(COUNT);
    }

    /** One frame for each person and institution, signed once: who signs them again and again is of no matter here. */
    private static void write(final WrittenJournal journal, final SmallCity city) {
        final Random random = new Random(1);
        final List<byte[]> frames = new ArrayList<>();
        final List<String> institutions = new ArrayList<>();
        for (int i = 0; i < SmallCity.PERSONS * 2; i++) {
            final int number = i % 2 * SmallCity.TERMINALS_PER_INSTITUTION;
            final TerminalIdentity terminal = city.terminals().get(number);
            final RequestSigner signer = journal.signer(number);
            frames.add(signer.settle(
                            journal.nextMsgid(terminal.fixmedinsCode()),
                            SmallCity.settlement(random, terminal, journal.nowMs()))
                    .frame());
            institutions.add(terminal.fixmedinsCode());
        }
        final long beginMs = journal.nowMs();
        for (int i = 0; i < COUNT; i++) {
            journal.advanceTo(beginMs + SPAN_MS * i / COUNT);
            final int which = random.nextInt(frames.size());
            final UnsafeBuffer frame = new UnsafeBuffer(frames.get(which));
            final String msgid = institutions.get(which)
                    + journal.nextMsgid("").substring(0, 14)
                    + String.format("%04d", i % 10_000);
            frame.putBytes(MSGID, msgid.getBytes(StandardCharsets.US_ASCII));
            frame.putLong(BEGNTIME, journal.nowMs());
            final byte[] outcome = journal.add(frames.get(which));
            if (i % 1000 == 0) {
                assertThat(Answer.codeOf(outcome)).isEqualTo(ResultCode.OK);
            }
            if (i % BATCH == BATCH - 1 || i == COUNT - 1) {
                journal.seal();
            }
        }
    }

    private static JsonNode timed(final String... arguments) throws IOException {
        final long beginNs = System.nanoTime();
        final String out = SmallCity.run(arguments);
        System.out.printf(
                "%s, %,d settlements: %.1f s%n",
                String.join(" ", arguments).replaceAll("--(data|out) \\S+ ?", ""),
                COUNT,
                (System.nanoTime() - beginNs) / 1e9);
        return new ObjectMapper().readTree(out);
    }
}
