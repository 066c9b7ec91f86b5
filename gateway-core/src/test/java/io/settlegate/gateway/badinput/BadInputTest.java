package io.settlegate.gateway.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.documents.GeneratedText;
import io.settlegate.gateway.transport.CloseCause;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.ReplyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plays each row of {@link BadInputs} against a real gateway, and holds the protocol document's table against the list. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BadInputTest {
    private static final String HEAD =
            "| part | input | it gets | receipt | the msgid then |\n| --- | --- | --- | --- | --- |\n";
    /** Not bad input: the gateway's own state, shown by tests of their own. */
    private static final Set<ResultCode> ELSEWHERE = EnumSet.of(
            ResultCode.OK,
            ResultCode.SESSION_FENCED,
            ResultCode.RING_FULL,
            ResultCode.WINDOW_FULL,
            ResultCode.JOURNAL_FULL,
            ResultCode.STOPPING,
            ResultCode.PAGE_LATER,
            ResultCode.STATEMENT_TOO_MANY,
            ResultCode.PAGES_UNAVAILABLE,
            ResultCode.KEY_CHANGED,
            ResultCode.CLOCK_HELD,
            ResultCode.PERIOD_CLOSED,
            ResultCode.ACT_REFUSED,
            ResultCode.CAPACITY,
            ResultCode.INTERNAL);

    private RoughCity city;

    @BeforeAll
    void start(@TempDir final Path directory) throws IOException {
        city = RoughCity.start(directory);
    }

    @AfterAll
    void shouldReplayToTheSameState() {
        city.close();
        SmallCity.run("replay", city.data().toString());
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerAsTheTableSays() {
        return BadInputs.all().stream().map(row -> DynamicTest.dynamicTest(row.toString(), () -> play(row)));
    }

    @Test
    void shouldBeTheTableOfTheDocument() throws IOException {
        GeneratedText.assertSection(
                "PROTOCOL.md",
                "bad input",
                HEAD + BadInputs.all().stream().map(BadInput::row).collect(Collectors.joining()));
    }

    @Test
    void shouldReachEveryCodeThatAnInputCanGet() {
        final Set<ResultCode> missing = EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE));
        BadInputs.all().forEach(row -> missing.remove(row.code()));
        assertThat(missing).isEmpty();
    }

    private void play(final BadInput row) throws IOException {
        final long closedBefore = city.gateway().closedCount(CloseCause.BROKEN_FRAME);
        try (Scene scene = new Scene(city)) {
            final Got got = row.play().play(scene);
            assertThat(got.code()).isEqualTo(row.code());
            if (row.code() == null) {
                assertThat(city.gateway().closedCount(CloseCause.BROKEN_FRAME)).isGreaterThan(closedBefore);
            } else {
                assertThat(got.hasReceipt()).isEqualTo(row.code().stage() == ResultCode.Stage.ENGINE);
            }
            checkMsgid(row, got, scene);
            assertThat(scene.state()).as("balances and accumulators").isEqualTo(scene.marked());
        }
    }

    private static void checkMsgid(final BadInput row, final Got got, final Scene scene) throws IOException {
        switch (row.after()) {
            case FREE -> {
                final Got settled = scene.settleAndReverse();
                assertThat(settled.code()).isEqualTo(ResultCode.OK);
                assertThat(settled.kind()).isEqualTo(ReplyKind.FIRST);
            }
            case BOUND -> {
                assertThat(row.code().binds()).isTrue();
                final Got again = scene.again();
                assertThat(again.kind()).isEqualTo(ReplyKind.REPEAT);
                assertThat(again.outcome()).isEqualTo(got.outcome());
                assertThat(again.receipt()).isEqualTo(got.receipt());
            }
            case FIRST_STANDS -> {
                assertThat(row.code().binds()).isFalse();
                assertThat(scene.again().code()).isEqualTo(row.code());
                final Got first = scene.first();
                assertThat(first.kind()).isEqualTo(ReplyKind.REPEAT);
                assertThat(first.code()).isEqualTo(ResultCode.OK);
            }
            case NO_MSGID -> {
                // Nothing can be asked of it.
            }
        }
    }
}
