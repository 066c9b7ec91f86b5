package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.StatementExchange;
import io.settlegate.protocol.client.StatementRefusedException;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.statement.StatementFinding;
import io.settlegate.protocol.client.statement.StatementRow;
import io.settlegate.protocol.client.statement.StatementScope;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.codec.MendingAct;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.StatementDifference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 9101, 3202, 9102 over TCP: each planted difference is named, with the act that mends it, and nothing else is. */
@Timeout(180)
class StatementDetailsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final int COUNT = 450;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    private SmallCity city;

    private record Settled(SignedRequest request, Settlement settlement, PharmacySettleOutcomeDecoder outcome) {
        StatementRow row() {
            return new StatementRow(
                    outcome.setlId(),
                    request.msgid(),
                    outcome.psnNo(),
                    "",
                    outcome.medfeeSumamtFen(),
                    outcome.fundPaySumamtFen(),
                    outcome.acctPayFen(),
                    Flag.NO);
        }
    }

    private Settled settle(final TerminalClient client, final Settlement settlement) throws Exception {
        final SignedRequest request = client.requests().settle(client.nextMsgid(), settlement);
        final Answer answer = client.send(request).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.code()).as("seed %d", seed).isEqualTo(ResultCode.OK);
        return new Settled(request, settlement, answer.settlement());
    }

    /** Two days, so that midnight does not matter. */
    private static StatementScope scope(final Flag pairs) {
        final long nowMs = System.currentTimeMillis();
        return new StatementScope(SmallCity.COUNTY, nowMs - DAY_MS, nowMs, pairs);
    }

    private static void assertFound(
            final List<StatementFinding> findings,
            final String msgid,
            final StatementDifference difference,
            final MendingAct act) {
        assertThat(findings)
                .filteredOn(each -> each.msgid().equals(msgid))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.difference()).isEqualTo(difference);
                    assertThat(each.act()).isEqualTo(act);
                });
    }

    @Test
    void shouldNameEachPlantedDifferenceAndNothingElse() throws Exception {
        city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(0);
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                        city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
                TerminalClient client = TerminalClient.connect(
                        city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC());
                TerminalClient stranger = TerminalClient.connect(
                        city.endpoint(gateway.address()),
                        city.terminals().get(SmallCity.TERMINALS_PER_INSTITUTION),
                        ClientTiming.DEFAULT,
                        Clock.systemUTC())) {
            final StatementExchange exchange = new StatementExchange(client, TIMEOUT);
            final List<Settled> settled = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                settled.add(settle(client, SmallCity.settlement(random, terminal, System.currentTimeMillis())));
            }
            final List<StatementRow> rows = new ArrayList<>();
            settled.forEach(each -> rows.add(each.row()));
            final long twins = settled.stream()
                    .map(each -> each.outcome().psnNo() + each.outcome().medfeeSumamtFen())
                    .distinct()
                    .count();
            assertThat(exchange.compare("EQUAL", scope(Flag.YES), "", rows))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(exchange.compare("EQUAL-OUT", scope(Flag.NO), "41", rows))
                    .isEmpty();

            final StatementRow wrong = rows.get(1);
            final StatementRow invented = rows.get(2);
            final StatementRow doubled = rows.get(3);
            final StatementRow undone = rows.get(4);
            rows.set(
                    1,
                    new StatementRow(
                            wrong.setlId(),
                            "",
                            wrong.psnNo(),
                            "",
                            wrong.medfeeSumamtFen() + 1,
                            wrong.fundPaySumamtFen(),
                            wrong.acctPayFen(),
                            Flag.NO));
            rows.add(new StatementRow("", client.nextMsgid(), invented.psnNo(), "", 12_345, 0, 0, Flag.NO));
            final String inventedMsgid = rows.get(rows.size() - 1).msgid();
            rows.add(doubled);
            final Answer cancel = client.send(client.requests()
                            .cancel(client.nextMsgid(), SmallCity.COUNTY, undone.psnNo(), undone.setlId()))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertThat(cancel.code()).isEqualTo(ResultCode.OK);
            final StatementRow lost = rows.remove(0);
            final boolean hasTwin = twins < COUNT;

            final List<StatementFinding> in = exchange.compare("IN", scope(Flag.YES), "", rows);
            assertThat(in).as("seed %d", seed).hasSize(5);
            if (!hasTwin) {
                assertFound(in, lost.msgid(), StatementDifference.MISSING_AT_HOSPITAL, MendingAct.BOOK_ANSWER);
            }
            assertFound(in, wrong.msgid(), StatementDifference.DIFFERS, MendingAct.CORRECT_ROW);
            assertFound(in, inventedMsgid, StatementDifference.MISSING_AT_GATEWAY, MendingAct.SETTLE_AGAIN);
            assertFound(in, doubled.msgid(), StatementDifference.DOUBLED_AT_HOSPITAL, MendingAct.REMOVE_ROW);
            assertFound(in, cancel.msgid(), StatementDifference.UNDONE_AT_GATEWAY, MendingAct.BOOK_REFUND);
            final StatementFinding amounts = in.stream()
                    .filter(each -> each.difference() == StatementDifference.DIFFERS)
                    .findFirst()
                    .orElseThrow();
            assertThat(amounts.fields()).isEqualTo(1 << 2);
            assertThat(amounts.uploaded().medfeeSumamtFen() - amounts.gateway().medfeeSumamtFen())
                    .isEqualTo(1);

            final List<StatementFinding> out = exchange.compare("OUT", scope(Flag.NO), "", rows);
            assertThat(out).as("seed %d", seed).hasSize(5);
            assertFound(out, undone.msgid(), StatementDifference.UNDONE_AT_GATEWAY, MendingAct.BOOK_REFUND);

            // A row that the gateway has outside of the scope is not settled again.
            final List<StatementFinding> elsewhere =
                    exchange.compare("ELSEWHERE", scope(Flag.YES), "21", List.of(doubled));
            assertThat(elsewhere).hasSize(1);
            assertFound(elsewhere, doubled.msgid(), StatementDifference.MISSING_AT_GATEWAY, MendingAct.CALL);

            // Whatever came behind the 3202 does not change what it found; more than a page is paged through.
            assertThat(exchange.download("EQUAL")).isEmpty();
            final List<StatementFinding> many = exchange.compare("MANY", scope(Flag.NO), "", List.of(doubled));
            assertThat(many).hasSize(COUNT - 2);
            assertThat(many.stream().map(StatementFinding::msgid).distinct()).hasSize(COUNT - 2);
            assertThat(exchange.download("MANY")).isEqualTo(many);

            assertThatThrownBy(() -> new StatementExchange(stranger, TIMEOUT).download("MANY"))
                    .isInstanceOfSatisfying(StatementRefusedException.class, e -> assertThat(e.code())
                            .isEqualTo(ResultCode.STATEMENT_UNKNOWN));
            try (var files = Files.list(city.data().resolve("statements"))) {
                assertThat(files).allSatisfy(file -> {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                    assertThat(file.getFileName().toString()).endsWith(".found");
                });
            }
        }
        try (var files = Files.list(city.data().resolve("statements"))) {
            assertThat(files).isEmpty();
        }
    }
}
