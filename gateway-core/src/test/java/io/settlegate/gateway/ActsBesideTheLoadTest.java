package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.operations.TerminalState;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Acts that take long or come at a bad time: an import beside settlements, a clock that jumped. */
@Timeout(120)
class ActsBesideTheLoadTest {
    private static final int NEW_PERSONS = 5_000;
    private static final int FIRST_NEW_PERSON = 1_000;
    private static final int BIRTHS_A_YEAR = 500;
    private static final int IN_FLIGHT = 8;

    @Test
    void shouldImportBesideTheLoadAndLoseNoSettlement(@TempDir final Path directory) throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Operator operator = new Operator(city.data());
        final Path files = Files.createDirectories(directory.resolve("more"));
        Files.writeString(files.resolve("persons.csv"), persons());
        long settledCount = 0;
        // A ring smaller than the import's window: its acts must wait for places in their order.
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                city.data(),
                new PipelineConfiguration(16, 2, 16, PipelineConfiguration.Threads.SHARED),
                Clock.systemUTC())) {
            final AtomicBoolean imported = new AtomicBoolean();
            final List<CompletableFuture<Long>> loads = new ArrayList<>();
            for (final int terminal : List.of(0, SmallCity.TERMINALS_PER_INSTITUTION)) {
                loads.add(CompletableFuture.supplyAsync(
                        () -> settleUntil(imported, city, gateway, city.terminals().get(terminal))));
            }
            assertThat(operator.done("import", "--from", files.toString()))
                    .contains("the gateway is running")
                    .contains("imported " + String.format("%,d", NEW_PERSONS) + " rows in 1 parts");
            imported.set(true);
            for (final CompletableFuture<Long> load : loads) {
                settledCount += load.get(60, TimeUnit.SECONDS);
            }
            assertThat(settledCount).as("the load went on").isGreaterThan(2 * IN_FLIGHT);
            try (TerminalClient client = connect(city, gateway, city.terminals().get(1))) {
                for (final int person : List.of(0, NEW_PERSONS - 1)) {
                    assertThat(settleNew(client, person).code()).isEqualTo(ResultCode.OK);
                    settledCount++;
                }
            }
        }
        final JsonNode replay = operator.replay();
        assertThat(replay.get("settlements").asLong()).isEqualTo(settledCount);
        assertThat(replay.get("repeats").asLong()).isZero();
    }

    @Test
    void shouldAcceptAClockThatHoldsAllElse(@TempDir final Path directory) throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Operator operator = new Operator(city.data());
        final Clock jumped = Clock.offset(Clock.systemUTC(), Duration.ofHours(48));
        try (Gateway gateway =
                        GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), jumped);
                OperatorClient client = operator.connect(gateway)) {
            final String sn = city.terminals().get(0).sn();
            final ActAnswer held = client.perform(operator.acts(jumped).terminal(sn, TerminalState.SUSPENDED));
            assertThat(held.kind()).isEqualTo(ActAnswer.Kind.NOT_TAKEN);
            assertThat(held.code()).isEqualTo(ResultCode.CLOCK_HELD);
            assertThat(held.refusal()).contains("accept-clock");
            assertThat(operator.done("accept-clock"))
                    .contains("the gateway is running")
                    .contains("engine time moved to ");
            final ActAnswer stillHeld = client.perform(operator.acts(jumped).terminal(sn, TerminalState.SUSPENDED));
            assertThat(stillHeld.code()).as("48 hours are still a jump").isEqualTo(ResultCode.CLOCK_HELD);
            final ActAnswer accepted = client.perform(operator.acts(jumped).acceptClock(jumped.millis()));
            assertThat(accepted.kind()).as(accepted.refusal()).isEqualTo(ActAnswer.Kind.DONE);
            try (TerminalClient terminal = TerminalClient.connect(
                    city.endpoint(gateway.address()), city.terminals().get(0), ClientTiming.DEFAULT, jumped)) {
                assertThat(terminal.pendingCount()).isZero();
            }
            assertThat(client.perform(operator.acts(jumped).terminal(sn, TerminalState.SUSPENDED))
                            .kind())
                    .isEqualTo(ActAnswer.Kind.DONE);
        }
        operator.replay();
    }

    private static long settleUntil(
            final AtomicBoolean done, final SmallCity city, final Gateway gateway, final TerminalIdentity terminal) {
        final Random random = new Random(terminal.sn().hashCode());
        long settledCount = 0;
        try (TerminalClient client = connect(city, gateway, terminal)) {
            while (!done.get() || settledCount < IN_FLIGHT) {
                final List<CompletableFuture<Answer>> answers = new ArrayList<>();
                for (int i = 0; i < IN_FLIGHT; i++) {
                    answers.add(client.send(client.requests()
                            .settle(
                                    client.nextMsgid(),
                                    SmallCity.settlement(random, terminal, System.currentTimeMillis()))));
                }
                for (final CompletableFuture<Answer> answer : answers) {
                    assertThat(answer.get(30, TimeUnit.SECONDS).code()).isEqualTo(ResultCode.OK);
                    settledCount++;
                }
            }
            return settledCount;
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer settleNew(final TerminalClient client, final int person) throws Exception {
        final Settlement.Line line =
                new Settlement.Line("L1", "XB03ACY199B002010104718", 1_250, 10_000, 12_500_000, "");
        final Settlement settlement = new Settlement(
                psnNo(person),
                SmallCity.COUNTY,
                "02",
                certno(person),
                System.currentTimeMillis(),
                "310",
                "41",
                Settlement.AccountUse.USED,
                "",
                "",
                List.of(line));
        return client.send(client.requests().settle(client.nextMsgid(), settlement))
                .get(30, TimeUnit.SECONDS);
    }

    private static TerminalClient connect(final SmallCity city, final Gateway gateway, final TerminalIdentity terminal)
            throws IOException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC());
    }

    private static String persons() {
        final StringBuilder rows = new StringBuilder(
                "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas\n");
        for (int i = 0; i < NEW_PERSONS; i++) {
            rows.append(psnNo(i))
                    .append(",New")
                    .append(i)
                    .append(",01,")
                    .append(certno(i))
                    .append(",310,1101,320302,1\n");
        }
        return rows.toString();
    }

    private static String psnNo(final int person) {
        return SmallCity.psnNo(FIRST_NEW_PERSON + person);
    }

    /** In years in which nobody of the small city was born. */
    private static String certno(final int person) {
        return SmallCity.certno(2_000 + person / BIRTHS_A_YEAR, person % BIRTHS_A_YEAR);
    }
}
