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
import java.io.IOException;
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
    /** Persons with which nothing else is settled. */
    private static final int PLANTED = 3;

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

    /** Nobody of the first persons, who belong to what is planted. */
    private Settlement settlement(final TerminalIdentity terminal) {
        Settlement settlement;
        do {
            settlement = SmallCity.settlement(random, terminal, System.currentTimeMillis());
        } while (isPlanted(settlement.psnNo()));
        return settlement;
    }

    private Settlement settlement(final TerminalIdentity terminal, final int planted) {
        Settlement settlement;
        do {
            settlement = SmallCity.settlement(random, terminal, System.currentTimeMillis());
        } while (!settlement.psnNo().equals(SmallCity.psnNo(planted)));
        return settlement;
    }

    private static boolean isPlanted(final String psnNo) {
        for (int person = 0; person < PLANTED; person++) {
            if (SmallCity.psnNo(person).equals(psnNo)) {
                return true;
            }
        }
        return false;
    }

    private static TerminalClient connect(
            final SmallCity city, final Gateway gateway, final int terminal, final Clock clock) throws IOException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), city.terminals().get(terminal), ClientTiming.DEFAULT, clock);
    }

    /** Two days, so that midnight does not matter. */
    private static StatementScope scope(final Flag pairs) {
        return scope(pairs, System.currentTimeMillis());
    }

    private static StatementScope scope(final Flag pairs, final long nowMs) {
        return new StatementScope(SmallCity.COUNTY, nowMs - DAY_MS, nowMs, pairs);
    }

    private static StatementRow otherwise(
            final StatementRow row, final String setlId, final String msgid, final long fen) {
        return new StatementRow(
                setlId,
                msgid,
                row.psnNo(),
                "",
                row.medfeeSumamtFen() + fen,
                row.fundPaySumamtFen(),
                row.acctPayFen(),
                Flag.NO);
    }

    private static Answer cancel(final TerminalClient client, final StatementRow row) throws Exception {
        final Answer answer = client.send(
                        client.requests().cancel(client.nextMsgid(), SmallCity.COUNTY, row.psnNo(), row.setlId()))
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.code()).isEqualTo(ResultCode.OK);
        return answer;
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
                TerminalClient client = connect(city, gateway, 0, Clock.systemUTC());
                TerminalClient stranger =
                        connect(city, gateway, SmallCity.TERMINALS_PER_INSTITUTION, Clock.systemUTC())) {
            final StatementExchange exchange = new StatementExchange(client, TIMEOUT);
            final List<StatementRow> rows = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                rows.add(settle(client, settlement(terminal)).row());
            }
            final StatementRow lost = settle(client, settlement(terminal, 0)).row();
            final Settlement bill = settlement(terminal, 1);
            final StatementRow once = settle(client, bill).row();
            final StatementRow twice = settle(client, bill).row();
            rows.addAll(List.of(lost, once, twice));
            assertThat(exchange.compare("EQUAL", scope(Flag.YES), "", rows))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(exchange.compare("EQUAL-OUT", scope(Flag.NO), "41", rows))
                    .isEmpty();

            rows.removeAll(List.of(lost, twice));
            final StatementRow wrong = rows.get(1);
            rows.set(1, otherwise(wrong, wrong.setlId(), "", 1));
            final StatementRow invented = otherwise(rows.get(2), "", client.nextMsgid(), 12_345);
            rows.add(invented);
            final StatementRow doubled = rows.get(3);
            rows.add(doubled);
            final StatementRow undone = rows.get(4);
            final Answer cancel = cancel(client, undone);

            final List<StatementFinding> in = exchange.compare("IN", scope(Flag.YES), "", rows);
            assertThat(in).as("seed %d", seed).hasSize(6);
            assertFound(in, lost.msgid(), StatementDifference.MISSING_AT_HOSPITAL, MendingAct.BOOK_ANSWER);
            assertFound(in, twice.msgid(), StatementDifference.DOUBLED_AT_GATEWAY, MendingAct.CANCEL);
            assertFound(in, wrong.msgid(), StatementDifference.DIFFERS, MendingAct.CORRECT_ROW);
            assertFound(in, invented.msgid(), StatementDifference.MISSING_AT_GATEWAY, MendingAct.SETTLE_AGAIN);
            assertFound(in, doubled.msgid(), StatementDifference.DOUBLED_AT_HOSPITAL, MendingAct.REMOVE_ROW);
            assertFound(in, cancel.msgid(), StatementDifference.UNDONE_AT_GATEWAY, MendingAct.BOOK_REFUND);
            assertThat(in)
                    .filteredOn(each -> each.difference() == StatementDifference.DOUBLED_AT_GATEWAY)
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.setlId()).isEqualTo(twice.setlId());
                        assertThat(each.other()).isEqualTo(once.msgid());
                    });
            final StatementFinding amounts = in.stream()
                    .filter(each -> each.difference() == StatementDifference.DIFFERS)
                    .findFirst()
                    .orElseThrow();
            assertThat(amounts.fields()).isEqualTo(1 << 2);
            assertThat(amounts.uploaded().medfeeSumamtFen() - amounts.gateway().medfeeSumamtFen())
                    .isEqualTo(1);

            final List<StatementFinding> out = exchange.compare("OUT", scope(Flag.NO), "", rows);
            assertThat(out).as("seed %d", seed).hasSize(6);
            assertFound(out, undone.msgid(), StatementDifference.UNDONE_AT_GATEWAY, MendingAct.BOOK_REFUND);

            // A row that the gateway has outside of the scope is not settled again.
            final List<StatementFinding> elsewhere = exchange.compare(
                    "ELSEWHERE",
                    scope(Flag.YES),
                    "21",
                    List.of(doubled, otherwise(wrong, wrong.setlId(), "", 0), otherwise(once, "", once.msgid(), 0)));
            assertThat(elsewhere).hasSize(3).allSatisfy(each -> {
                assertThat(each.difference()).isEqualTo(StatementDifference.MISSING_AT_GATEWAY);
                assertThat(each.act()).isEqualTo(MendingAct.CALL);
            });

            // More than a page is paged through.
            final List<StatementFinding> many = exchange.compare("MANY", scope(Flag.NO), "", List.of(doubled));
            assertThat(many).hasSize(COUNT + 1);
            assertThat(many.stream().map(StatementFinding::msgid).distinct()).hasSize(COUNT + 1);
            assertThat(exchange.download("MANY")).isEqualTo(many);

            assertThatThrownBy(() -> new StatementExchange(stranger, TIMEOUT).download("MANY"))
                    .isInstanceOfSatisfying(StatementRefusedException.class, e -> assertThat(e.code())
                            .isEqualTo(ResultCode.STATEMENT_UNKNOWN));
            assertMode(city.data().resolve("statements"), "rwx------");
            try (var files = Files.list(city.data().resolve("statements"))) {
                assertThat(files).isNotEmpty().allSatisfy(file -> {
                    assertMode(file, "rw-------");
                    assertThat(file.getFileName().toString()).endsWith(".found");
                });
            }
        }
        try (var files = Files.list(city.data().resolve("statements"))) {
            assertThat(files).isEmpty();
        }
    }

    private static void assertMode(final Path path, final String mode) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo(mode);
    }

    /** The journal goes on, and the files of the results are gone after a start: what is made anew is as of the 3202 all the same. */
    @Test
    void shouldMakeTheSameResultAnewAfterARestartAndALaterCancel() throws Exception {
        city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(0);
        final List<StatementRow> rows = new ArrayList<>();
        final List<StatementFinding> first;
        final StatementRow late;
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                        city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
                TerminalClient client = connect(city, gateway, 0, Clock.systemUTC())) {
            for (int i = 0; i < 12; i++) {
                rows.add(settle(client, settlement(terminal, i % 3)).row());
            }
            cancel(client, rows.get(11));
            late = rows.remove(10);
            final StatementExchange exchange = new StatementExchange(client, TIMEOUT);
            first = exchange.compare("BEFORE", scope(Flag.NO), "", rows);
            assertThat(first).as("seed %d", seed).hasSize(2);
            cancel(client, late);
            cancel(client, rows.get(0));
            settle(client, settlement(terminal, 0));
            assertThat(exchange.download("BEFORE")).isEqualTo(first);
            assertThat(exchange.compare("AFTER", scope(Flag.NO), "", rows)).isNotEqualTo(first);
        }
        // Another terminal of the institution asks: msgids of the first one may not begin anew within a second.
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                        city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
                TerminalClient client = connect(city, gateway, 1, Clock.systemUTC())) {
            try (var files = Files.list(city.data().resolve("statements"))) {
                assertThat(files).as("of the run before").isEmpty();
            }
            assertThat(new StatementExchange(client, TIMEOUT).download("BEFORE"))
                    .as("seed %d", seed)
                    .isEqualTo(first);
        }
    }

    /** What a row names may be archived, or have stood in what is: the row is a finding like others, and nobody settles it again. */
    @Test
    void shouldCallForARowWhoseRecordIsArchived() throws Exception {
        city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(0);
        final StatementRow old;
        try (Gateway gateway = GatewayInProcess.startRolling(city.data(), new DataDirectory(city.data()).store());
                TerminalClient client = connect(city, gateway, 0, Clock.systemUTC())) {
            old = settle(client, settlement(terminal)).row();
            for (int i = 0; i < 60; i++) {
                settle(client, settlement(terminal));
            }
        }
        AgeingCity.startAfter(city, Duration.ofDays(40)).close();
        SmallCity.run("journal", "snapshot", city.data().toString());
        SmallCity.run("journal", "archive", city.data().toString());
        SmallCity.run("journal", "remove-archived", city.data().toString(), "--all");
        assertCalls(old, 1, Duration.ofDays(43));
        // Without the index nobody knows what stood in the archived part. The statement is of later days.
        try (var files = Files.list(city.data().resolve("index"))) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertCalls(old, 2, Duration.ofDays(47));
    }

    private void assertCalls(final StatementRow old, final int terminal, final Duration age) throws Exception {
        final Clock later = AgeingCity.after(age);
        try (Gateway gateway = AgeingCity.startAfter(city, age);
                TerminalClient client = connect(city, gateway, terminal, later)) {
            final String unseen = client.nextMsgid();
            final List<StatementRow> rows = List.of(
                    otherwise(old, old.setlId(), "", 0),
                    otherwise(old, "", old.msgid(), 0),
                    otherwise(old, "", unseen, 0));
            final List<StatementFinding> found = new StatementExchange(client, TIMEOUT)
                    .compare("OLD" + terminal, scope(Flag.YES, later.millis()), "", rows);
            assertThat(found).as("terminal %d", terminal).hasSize(3).allSatisfy(each -> {
                assertThat(each.difference()).isEqualTo(StatementDifference.MISSING_AT_GATEWAY);
                assertThat(each.act())
                        .isEqualTo(each.msgid().equals(unseen) ? MendingAct.SETTLE_AGAIN : MendingAct.CALL);
            });
        }
    }
}
