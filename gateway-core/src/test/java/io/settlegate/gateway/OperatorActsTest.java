package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.operations.OperatorActs;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.gateway.operations.TerminalState;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.GatewayRefusedException;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators do while terminals are served, over real sockets. After each test the journal must replay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class OperatorActsTest {
    private static final int FROZEN_PERSON = 3;
    private static final int CREDITED_PERSON = 5;
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final Random random = new Random(20_261_123);
    private Path directory;
    private SmallCity city;
    private Operator operator;
    private Gateway gateway;

    @BeforeAll
    void found(@TempDir final Path temporary) throws IOException {
        directory = temporary;
        city = SmallCity.found(temporary);
        operator = new Operator(city.data());
    }

    @BeforeEach
    void start() throws IOException {
        // A thread for each stage: the engine may then run ahead of the journal.
        gateway = GatewayInProcess.startWithOperators(
                city.data(),
                new PipelineConfiguration(64, 2, 32, PipelineConfiguration.Threads.DEDICATED),
                Clock.systemUTC());
    }

    @AfterEach
    void stopAndReplay() throws IOException {
        gateway.close();
        operator.replay();
    }

    @Test
    void shouldLetATerminalSettleOnceItIsRegistered() throws Exception {
        final TerminalIdentity terminal = identity("SN-NEW", SmallCity.PHARMACY);
        assertThatThrownBy(() -> connect(terminal)).isInstanceOf(GatewayRefusedException.class);
        final Path receipt = directory.resolve("registered");
        assertThat(register(terminal, "--receipt", receipt.toString()))
                .startsWith("terminal SN-NEW of " + SmallCity.PHARMACY + " registered: record ");
        try (TerminalClient client = connect(terminal)) {
            assertThat(settle(client).code()).isEqualTo(ResultCode.OK);
        }
        assertThat(SmallCity.run(
                        "receipt",
                        "verify",
                        "--key",
                        city.data().resolve("keys").resolve("gateway.pub.pem").toString(),
                        "--receipt",
                        receipt.toString(),
                        "--outcome",
                        receipt + ".outcome",
                        "--request",
                        receipt + ".act"))
                .startsWith("valid");
    }

    @Test
    void shouldEndTheSessionOfASuspendedTerminalAndTakeItBack() throws Exception {
        final TerminalIdentity terminal = city.terminals().get(1);
        try (Socket socket = socket()) {
            final RawTerminal raw = signedIn(socket, terminal);
            assertThat(operator.done("terminal", "suspend", "--sn", terminal.sn()))
                    .contains("suspended: record ");
            assertThatThrownBy(raw::read).isInstanceOf(EOFException.class);
        }
        assertRefused(terminal, ResultCode.TERMINAL_DISABLED);
        assertThat(operator.done("terminal", "activate", "--sn", terminal.sn())).contains("active: record ");
        try (TerminalClient client = connect(terminal)) {
            assertThat(settle(client).code()).isEqualTo(ResultCode.OK);
        }
    }

    @Test
    void shouldAnswerNothingBehindASuspension() throws Exception {
        final TerminalIdentity terminal = city.terminals().get(2);
        int answeredCount = 0;
        try (Socket socket = socket()) {
            final RawTerminal raw = signedIn(socket, terminal);
            final CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> sendUntilClosed(raw, terminal));
            while (answeredCount < 20) {
                answeredCount += templateId(raw.read()) == ReplyDecoder.TEMPLATE_ID ? 1 : 0;
            }
            operator.done("terminal", "suspend", "--sn", terminal.sn());
            boolean refused = false;
            try {
                while (true) {
                    final byte[] frame = raw.read();
                    if (templateId(frame) == ReplyDecoder.TEMPLATE_ID) {
                        assertThat(refused).as("an answer after a refusal").isFalse();
                    } else if (templateId(frame) == RefusalDecoder.TEMPLATE_ID) {
                        refused = true;
                        assertThat(new RefusalDecoder()
                                        .wrapAndApplyHeader(new UnsafeBuffer(frame), 0, new MessageHeaderDecoder())
                                        .code())
                                .isEqualTo(ResultCode.TERMINAL_DISABLED.code());
                    }
                }
            } catch (final EOFException | SocketException e) {
                // The gateway closed the connection, as it must.
            }
            sender.get(20, TimeUnit.SECONDS);
        }
        assertRefused(terminal, ResultCode.TERMINAL_DISABLED);
        operator.done("terminal", "activate", "--sn", terminal.sn());
    }

    @Test
    void shouldNeverTakeBackARevokedTerminal() throws Exception {
        final TerminalIdentity terminal = city.terminals().get(3);
        try (Socket socket = socket()) {
            final RawTerminal raw = signedIn(socket, terminal);
            operator.done("terminal", "revoke", "--sn", terminal.sn());
            assertThatThrownBy(raw::read).isInstanceOf(EOFException.class);
        }
        assertRefused(terminal, ResultCode.TERMINAL_DISABLED);
        assertThat(operator.refused("terminal", "activate", "--sn", terminal.sn()))
                .contains("TERMINAL_REVOKED")
                .contains("another serial number");
    }

    @Test
    void shouldEndTheSessionOfAnOldKey() throws Exception {
        final TerminalIdentity old = city.terminals().get(5);
        final TerminalIdentity renewed = identity(old.sn(), old.fixmedinsCode());
        try (Socket socket = socket()) {
            final RawTerminal raw = signedIn(socket, old);
            register(renewed);
            assertThatThrownBy(raw::read).isInstanceOf(EOFException.class);
        }
        assertRefused(old, ResultCode.BAD_SIGNATURE);
        try (TerminalClient client = connect(renewed)) {
            assertThat(settle(client).code()).isEqualTo(ResultCode.OK);
        }
    }

    @Test
    void shouldLeaveTheSessionsOfOtherTerminalsAlone() throws Exception {
        final TerminalIdentity untouched = city.terminals().get(4);
        final TerminalIdentity suspended = city.terminals().get(6);
        try (Socket socket = socket()) {
            final RawTerminal raw = signedIn(socket, untouched);
            operator.done("terminal", "suspend", "--sn", suspended.sn());
            operator.done("terminal", "activate", "--sn", suspended.sn());
            raw.send(raw.signer()
                    .query(SmallCity.HOSPITAL + "202611221200000001", SmallCity.HOSPITAL + "202611221200000002")
                    .frame());
            assertThat(templateId(raw.read())).isEqualTo(ReplyDecoder.TEMPLATE_ID);
        }
    }

    @Test
    void shouldSettleNothingForAFrozenPerson() throws Exception {
        final String psnNo = SmallCity.psnNo(FROZEN_PERSON);
        try (TerminalClient client = connect(city.terminals().get(0))) {
            assertThat(operator.done("person", "freeze", "--psn-no", psnNo))
                    .contains("frozen: record ")
                    .doesNotContain(psnNo);
            assertThat(settle(client, FROZEN_PERSON).code()).isEqualTo(ResultCode.PERSON_FROZEN);
            assertThat(operator.done("person", "release", "--psn-no", psnNo)).contains("released: record ");
            assertThat(settle(client, FROZEN_PERSON).code()).isEqualTo(ResultCode.OK);
        }
        final String nobody = "32039999999999999999";
        assertThat(operator.refused("person", "freeze", "--psn-no", nobody))
                .contains("PERSON_UNKNOWN")
                .doesNotContain(nobody);
    }

    @Test
    void shouldCreditABatchOnce() throws Exception {
        try (TerminalClient client = connect(city.terminals().get(0))) {
            final long beforeFen = balanceFen(client);
            final String[] allocate = {
                "allocate",
                "--batch-id",
                "B-2026-11",
                "--psn-no",
                SmallCity.psnNo(CREDITED_PERSON),
                "--amount",
                "120.05"
            };
            assertThat(operator.done(allocate)).startsWith("120.05 yuan allocated to person 320**");
            assertThat(balanceFen(client)).isEqualTo(beforeFen + 12_005);
            assertThat(operator.refused(allocate)).contains("BATCH_USED");
            assertThat(balanceFen(client)).isEqualTo(beforeFen + 12_005);
        }
        assertThat(operator.admin("allocate", "--batch-id", "B", "--psn-no", "1", "--amount", "120")
                        .exitCode())
                .as("an amount that leaves its decimals to the reader")
                .isEqualTo(Settlegate.FAILED);
    }

    @Test
    void shouldTakeNoActOfAnotherKey() throws Exception {
        final TerminalIdentity terminal = city.terminals().get(7);
        final long beforeCount = gateway.counters().answers(ResultCode.BAD_SIGNATURE);
        final Path key = directory.resolve("stranger.pem");
        KeyFiles.writePrivate(key, Sm2PrivateKey.generate(new SecureRandom()));
        assertThat(operator.refused("terminal", "suspend", "--sn", terminal.sn(), "--key", key.toString()))
                .contains("303 BAD_SIGNATURE")
                .contains("founded");
        assertThat(gateway.counters().answers(ResultCode.BAD_SIGNATURE)).isEqualTo(beforeCount + 1);
        try (TerminalClient client = connect(terminal)) {
            assertThat(client.pendingCount())
                    .as("the terminal is not suspended")
                    .isZero();
        }
    }

    @Test
    void shouldPlayACapturedActOnce() throws Exception {
        final OperatorActs acts = operator.acts(Clock.systemUTC());
        final SignedAct act = acts.terminal(city.terminals().get(6).sn(), TerminalState.ACTIVE);
        try (OperatorClient client = operator.connect(gateway)) {
            assertThat(client.perform(act).kind()).isEqualTo(ActAnswer.Kind.DONE);
        }
        try (OperatorClient client = operator.connect(gateway)) {
            final ActAnswer again = client.perform(act);
            assertThat(again.kind()).isEqualTo(ActAnswer.Kind.REFUSED);
            assertThat(again.reason()).isEqualTo(ActReason.ACT_REPEATED);
            assertThat(again.receipt()).as("the engine's refusals are proven").isNotEmpty();
        }
    }

    @Test
    void shouldTellProgramsWhatBecameOfAnAct() throws Exception {
        final var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
        final var done = mapper.readTree(operator.done(
                "terminal", "activate", "--sn", city.terminals().get(6).sn(), "--json"));
        assertThat(done.get("done").asBoolean()).isTrue();
        assertThat(done.get("sequence").asLong()).isPositive();
        final var refused = mapper.readTree(operator.admin("terminal", "activate", "--sn", "SN-NOBODY", "--json")
                .out());
        assertThat(refused.get("done").asBoolean()).isFalse();
        assertThat(refused.get("reason").asText()).isEqualTo("TERMINAL_UNKNOWN");
        assertThat(refused.get("codeName").asText()).isEqualTo("ACT_REFUSED");
    }

    private TerminalIdentity identity(final String sn, final String institution) {
        return new TerminalIdentity(sn, institution, SmallCity.COUNTY, Sm2PrivateKey.generate(new SecureRandom()));
    }

    private String register(final TerminalIdentity terminal, final String... more) throws IOException {
        final Path key = Files.createTempFile(directory, "terminal", ".pub.pem");
        Files.delete(key);
        KeyFiles.writePublic(key, terminal.key().publicKey());
        final List<String> line = new java.util.ArrayList<>(List.of("terminal", "register", "--sn", terminal.sn()));
        line.addAll(List.of("--institution", terminal.fixmedinsCode(), "--model", "MODEL-9", "--public-key"));
        line.add(key.toString());
        line.addAll(List.of(more));
        return operator.done(line.toArray(String[]::new));
    }

    private Socket socket() throws IOException {
        final Socket socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static RawTerminal signedIn(final Socket socket, final TerminalIdentity terminal) throws IOException {
        final RawTerminal raw = new RawTerminal(socket, terminal);
        raw.send(raw.signer()
                .signIn(terminal.fixmedinsCode() + "202611221200000001", raw.challenge(), "")
                .frame());
        assertThat(templateId(raw.read())).isEqualTo(ReplyDecoder.TEMPLATE_ID);
        return raw;
    }

    /** Queries, because a window's worth of them is made in no time. */
    private static void sendUntilClosed(final RawTerminal raw, final TerminalIdentity terminal) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try {
            for (int i = 0; System.nanoTime() < endNs; i++) {
                raw.send(raw.signer()
                        .query(
                                terminal.fixmedinsCode() + String.format("20261122120000%04d", i % 10_000),
                                terminal.fixmedinsCode() + "202611221200000001")
                        .frame());
            }
        } catch (final IOException e) {
            // Closed, as it must be.
        }
    }

    private static int templateId(final byte[] frame) {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(frame), 0).templateId();
    }

    private void assertRefused(final TerminalIdentity identity, final ResultCode code) {
        assertThatThrownBy(() -> connect(identity))
                .isInstanceOfSatisfying(
                        GatewayRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private TerminalClient connect(final TerminalIdentity terminal) throws IOException {
        return TerminalClient.connect(city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, nextClock());
    }

    /** Tests share terminals: each connection has seconds of its own, or two that begin in one would make the same msgids. */
    private static Clock nextClock() {
        return Clock.offset(Clock.systemUTC(), Duration.ofSeconds(CONNECTIONS.getAndIncrement()));
    }

    private Answer settle(final TerminalClient client) throws Exception {
        return client.send(client.requests()
                        .settle(
                                client.nextMsgid(),
                                SmallCity.settlement(random, client.requests().identity(), System.currentTimeMillis())))
                .get(20, TimeUnit.SECONDS);
    }

    private Answer settle(final TerminalClient client, final int person) throws Exception {
        Settlement settlement;
        do {
            settlement = SmallCity.settlement(random, client.requests().identity(), System.currentTimeMillis());
        } while (!settlement.psnNo().equals(SmallCity.psnNo(person)));
        return client.send(client.requests().settle(client.nextMsgid(), settlement))
                .get(20, TimeUnit.SECONDS);
    }

    private static long balanceFen(final TerminalClient client) throws Exception {
        return client.send(client.requests()
                        .personInfo(client.nextMsgid(), SmallCity.COUNTY, "02", SmallCity.certno(CREDITED_PERSON)))
                .get(20, TimeUnit.SECONDS)
                .personInfo()
                .insuinfo()
                .next()
                .balcFen();
    }
}
