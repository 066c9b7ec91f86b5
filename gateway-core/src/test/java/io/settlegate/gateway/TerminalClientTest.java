package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.GatewayEndpoint;
import io.settlegate.protocol.client.GatewayRefusedException;
import io.settlegate.protocol.client.ReceiptRefusedException;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The vendors' client against gateways that go away and networks that lie. */
@Timeout(180)
class TerminalClientTest {
    private static final ClientTiming TIMING = new ClientTiming(2_000, 20_000, 5_000, 20);
    private static final int EVENTS = 6;
    private static final int ANSWER_TIMEOUT_S = 60;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    private SmallCity city;
    private Gateway gateway;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        city = SmallCity.found(directory);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        start(PipelineConfiguration.forCores(2));
        address = gateway.address();
    }

    private void start(final PipelineConfiguration pipeline) throws IOException {
        gateway = GatewayInProcess.start(
                city.data(),
                new DataDirectory(city.data()).store(),
                TransportConfiguration.forCores(address, 2),
                pipeline);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldSettleEachRequestOnceThroughRestartsAndCuts() throws Exception {
        final Map<SignedRequest, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        try (RudeProxy proxy = new RudeProxy(address);
                TerminalClient client = connect(proxy.address(), 0)) {
            for (int event = 0; event < EVENTS; event++) {
                send(client, answers, 10 + random.nextInt(30));
                if (event % 2 == 0) {
                    gateway.close();
                    start(PipelineConfiguration.forCores(2));
                } else {
                    proxy.cut();
                }
            }
            send(client, answers, 20);
            for (final CompletableFuture<Answer> answer : answers.values()) {
                assertThat(get(answer).code()).as("seed %d", seed).isEqualTo(ResultCode.OK);
            }
            assertThat(client.pendingCount()).as("seed %d", seed).isZero();
            assertRepeats(client, answers);
        }
        gateway.close();
        assertThat(settlementCount())
                .as("settlements in the journal, seed %d", seed)
                .isEqualTo(answers.size());
        start(PipelineConfiguration.forCores(2));
    }

    @Test
    void shouldSendWhatWasNotAnsweredAgainWithTheSameBytes() throws Exception {
        final Map<SignedRequest, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        try (RudeProxy proxy = new RudeProxy(address);
                TerminalClient client = connect(proxy.address(), 0)) {
            final long before = gateway.counters().answers(ResultCode.OK);
            proxy.be(RudeProxy.Manner.SWALLOWS);
            send(client, answers, 8);
            await(() -> gateway.counters().answers(ResultCode.OK) == before + 8);
            assertThat(client.pendingCount()).isEqualTo(8);
            proxy.cut();
            proxy.be(RudeProxy.Manner.POLITE);
            for (final Map.Entry<SignedRequest, CompletableFuture<Answer>> entry : answers.entrySet()) {
                final Answer answer = get(entry.getValue());
                assertThat(answer.kind()).as("the first answer was swallowed").isEqualTo(ReplyKind.REPEAT);
                assertThat(answer.msgid()).isEqualTo(entry.getKey().msgid());
            }
        }
        gateway.close();
        assertThat(settlementCount()).isEqualTo(8);
        start(PipelineConfiguration.forCores(2));
    }

    @Test
    void shouldSendAgainWhatABusyGatewayDidNotTake() throws Exception {
        gateway.close();
        start(new PipelineConfiguration(2, 1, 2, PipelineConfiguration.Threads.SHARED));
        final List<TerminalClient> clients = new ArrayList<>();
        final Map<SignedRequest, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        try {
            for (int i = 0; i < 4; i++) {
                clients.add(connect(address, 2 * i));
            }
            for (int i = 0; i < 5; i++) {
                for (final TerminalClient client : clients) {
                    send(client, answers, 8);
                }
            }
            for (final CompletableFuture<Answer> answer : answers.values()) {
                assertThat(get(answer).code()).as("seed %d", seed).isEqualTo(ResultCode.OK);
            }
        } finally {
            clients.forEach(TerminalClient::close);
        }
        assertThat(gateway.counters().answers(ResultCode.RING_FULL))
                .as("the ring was full")
                .isPositive();
        gateway.close();
        assertThat(settlementCount()).as("seed %d", seed).isEqualTo(answers.size());
        start(PipelineConfiguration.forCores(2));
    }

    @Test
    void shouldNotStayWithAGatewayOfAnotherKey() throws Exception {
        final GatewayEndpoint wrong = new GatewayEndpoint(
                List.of(address),
                SmallCity.GATEWAY_ID,
                Sm2PrivateKey.generate(new SecureRandom()).publicKey());
        assertThatThrownBy(() -> TerminalClient.connect(wrong, city.terminals().get(0), TIMING, Clock.systemUTC()))
                .isInstanceOf(ReceiptRefusedException.class);
        await(() -> gateway.sessionCount() == 0);
    }

    @Test
    void shouldRefuseAnAnswerThatItsReceiptDoesNotProve() throws Exception {
        try (RudeProxy proxy = new RudeProxy(address);
                TerminalClient client = connect(proxy.address(), 0)) {
            proxy.be(RudeProxy.Manner.FALSIFIES);
            final SignedRequest request = request(client);
            final CompletableFuture<Answer> refused = client.send(request);
            assertThatThrownBy(() -> get(refused)).hasCauseInstanceOf(ReceiptRefusedException.class);
            proxy.be(RudeProxy.Manner.POLITE);
            assertThat(get(client.send(request)).kind()).as("asked again").isEqualTo(ReplyKind.REPEAT);
        }
    }

    @Test
    void shouldStopAndTellWhenTheTerminalIsRefusedForGood() throws Exception {
        try (RudeProxy proxy = new RudeProxy(address);
                TerminalClient client = connect(proxy.address(), 0)) {
            proxy.be(RudeProxy.Manner.SWALLOWS);
            final CompletableFuture<Answer> unanswered = client.send(request(client));
            gateway.close();
            try (RefusingGateway refusing = new RefusingGateway(address, ResultCode.CLOCK_HELD)) {
                proxy.be(RudeProxy.Manner.POLITE);
                await(() -> refusing.signInCount() >= 3);
                assertThat(client.ended()).as("a held clock may be accepted").isNotDone();
                refusing.refuseWith(ResultCode.TERMINAL_DISABLED);

                assertThatThrownBy(() -> client.ended().get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(GatewayRefusedException.class)
                        .hasMessageContaining("302");
                assertThatThrownBy(() -> get(unanswered))
                        .hasRootCauseInstanceOf(GatewayRefusedException.class)
                        .hasMessageContaining("unknown");
                final SignedRequest another = request(client);
                assertThatThrownBy(() -> client.send(another))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("TERMINAL_DISABLED");
                final int tries = refusing.signInCount();
                TimeUnit.MILLISECONDS.sleep(20L * TIMING.reconnectDelayMs());
                assertThat(refusing.signInCount()).as("tries after the end").isEqualTo(tries);
            }
        }
        start(PipelineConfiguration.forCores(2));
    }

    @Test
    void shouldTellACallerWhoClosesThatTheClientHasEnded() throws Exception {
        final TerminalClient client = connect(address, 0);
        client.close();
        assertThat(client.ended()).isCompleted();
        assertThatThrownBy(() -> client.send(request(client))).isInstanceOf(IllegalStateException.class);
    }

    private void assertRepeats(final TerminalClient client, final Map<SignedRequest, CompletableFuture<Answer>> answers)
            throws Exception {
        for (final Map.Entry<SignedRequest, CompletableFuture<Answer>> entry : answers.entrySet()) {
            final Answer first = entry.getValue().join();
            final Answer again = get(client.send(entry.getKey()));
            assertThat(again.kind()).as("seed %d", seed).isEqualTo(ReplyKind.REPEAT);
            assertThat(again.outcome()).as("seed %d", seed).isEqualTo(first.outcome());
            assertThat(again.receipt()).as("seed %d", seed).isEqualTo(first.receipt());
        }
    }

    private long settlementCount() throws IOException {
        final DataDirectory data = new DataDirectory(city.data());
        final JournalTotals totals = new JournalTotals();
        final GatewayIdentity identity = new GatewayIdentity(
                SmallCity.GATEWAY_ID,
                OpenGateway.FIRST_KEY_VERSION,
                new Sm2Signer(data.gatewayKey(), new SecureRandom()));
        final EngineReplay replay = new EngineReplay(TerminalListener.NONE, totals, EngineReplay.Mismatches.COUNTED);
        try (Store store = data.store();
                Journal journal = Journal.open(store, identity, DurabilityLevel.BATCH, replay)) {
            assertThat(replay.mismatches()).isEmpty();
            assertThat(journal.genesis().gatewayId()).isEqualTo(SmallCity.GATEWAY_ID);
            return totals.settlementCount();
        }
    }

    private void send(
            final TerminalClient client, final Map<SignedRequest, CompletableFuture<Answer>> answers, final int count)
            throws InterruptedException {
        for (int i = 0; i < count; i++) {
            final SignedRequest request = request(client);
            answers.put(request, client.send(request));
        }
    }

    private SignedRequest request(final TerminalClient client) {
        return client.requests()
                .settle(
                        client.nextMsgid(),
                        SmallCity.settlement(random, client.requests().identity(), System.currentTimeMillis()));
    }

    private TerminalClient connect(final InetSocketAddress to, final int terminal) throws IOException {
        return TerminalClient.connect(city.endpoint(to), city.terminals().get(terminal), TIMING, Clock.systemUTC());
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static Answer get(final CompletableFuture<Answer> future) throws Exception {
        return future.get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
    }
}
