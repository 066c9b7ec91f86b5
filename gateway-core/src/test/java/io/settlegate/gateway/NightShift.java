package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ClosePeriodEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.desk.SettlementDesk;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** What the night calls have in common: a city, a gateway in this process, a network between, terminals, and one patient's account. */
final class NightShift {
    static final int WAIT_S = 60;
    static final Duration DAY = Duration.ofDays(1);
    static final int PERSON = 2;
    /** Pharmacy terminals come first. */
    static final int PHARMACY_TERMINAL = 0;

    static final int HOSPITAL_TERMINAL = SmallCity.TERMINALS_PER_INSTITUTION;

    private static final int ACT_LENGTH = 1024;
    private static final ClientTiming TIMING = new ClientTiming(2_000, 20_000, 5_000, 20, 200);
    /** Two clients of one terminal that connect within a second would make the same msgids. */
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final Path directory;
    private final SmallCity city;
    private final List<AutoCloseable> closed = new ArrayList<>();
    private final RudeProxy network;
    private Gateway gateway;

    NightShift(final Path directory) throws IOException {
        this.directory = directory;
        this.city = SmallCity.found(directory);
        this.gateway =
                GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
        this.network = new RudeProxy(gateway.address());
    }

    SmallCity city() {
        return city;
    }

    RudeProxy network() {
        return network;
    }

    Operator operator() {
        return new Operator(city.data());
    }

    /** Replaces the gateway of this process by one that can be killed. */
    ServeProcess serve() throws IOException, InterruptedException {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
        final ServeProcess process = ServeProcess.start(city.data());
        closed.add(process);
        network.leadTo(process.address());
        network.cut();
        return process;
    }

    /** The gateway goes on so much later that an operator has to accept it. Terminals connect anew, with clocks of that day. */
    void passTime(final Duration time) throws IOException {
        gateway.close();
        gateway = AgeingCity.startAfter(city, time);
        network.leadTo(gateway.address());
        network.cut();
    }

    /** The gateway goes on a day later. Terminals connect anew, with clocks of that day. */
    void passMidnight() throws IOException {
        gateway.close();
        gateway = GatewayInProcess.startWithOperators(
                city.data(), PipelineConfiguration.forCores(2), AgeingCity.after(DAY));
        network.leadTo(gateway.address());
        network.cut();
    }

    /** The act of an operator a day later: clears the county up to the day of this time. */
    ActAnswer closePeriod(final long throughMs) throws IOException {
        final UnsafeBuffer act = new UnsafeBuffer(new byte[ACT_LENGTH]);
        final ClosePeriodEncoder encoder =
                new ClosePeriodEncoder().wrapAndApplyHeader(act, 0, new MessageHeaderEncoder());
        encoder.header()
                .domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(SmallCity.GATEWAY_ID)
                .actId("CLOSE-" + throughMs)
                .sentAtMs(AgeingCity.after(DAY).millis());
        encoder.clrOptins(SmallCity.COUNTY)
                .throughMs(throughMs)
                .reopen((short) 0)
                .reason("day end");
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        new Sm2Signer(new DataDirectory(city.data()).operatorKey(), new SecureRandom())
                .sign(act.byteArray(), 0, length, act.byteArray(), length);
        try (OperatorClient client = operator().connect(gateway)) {
            return client.perform(new SignedAct(
                    "CLOSE-" + throughMs,
                    "closed",
                    Arrays.copyOf(act.byteArray(), length + Sm2Signer.SIGNATURE_LENGTH)));
        }
    }

    TerminalClient terminal(final int number) throws IOException {
        return terminal(city.terminals().get(number), Duration.ZERO);
    }

    /** A terminal whose clock is off. */
    TerminalClient terminal(final TerminalIdentity identity, final Duration clockIsOffBy) throws IOException {
        final Clock clock =
                Clock.offset(Clock.systemUTC(), clockIsOffBy.plusSeconds(CONNECTIONS.getAndIncrement() % 40));
        final TerminalClient client = TerminalClient.connect(city.endpoint(network.address()), identity, TIMING, clock);
        closed.add(0, client);
        return client;
    }

    SettlementDesk desk(final TerminalClient client) throws IOException {
        final SettlementDesk desk = SettlementDesk.open(client, deskFile());
        closed.add(0, desk);
        return desk;
    }

    Path deskFile() {
        return directory.resolve("desk");
    }

    /** A purchase of the patient's: two boxes of an item of class 01, from the account. */
    SignedRequest purchase(final TerminalClient client) {
        return client.requests().settle(client.nextMsgid(), purchase());
    }

    static Settlement purchase() {
        return new Settlement(
                SmallCity.psnNo(PERSON),
                SmallCity.COUNTY,
                "02",
                SmallCity.certno(PERSON),
                System.currentTimeMillis(),
                SmallCity.insutype(PERSON),
                "41",
                Settlement.AccountUse.USED,
                "",
                "",
                List.of(new Settlement.Line("L1", "XB03ACY199B002010104718", 2_500, 20_000, 12_500_000, "")));
    }

    static SignedRequest reversal(final TerminalClient client, final SignedRequest original, final String oinfno) {
        return client.requests()
                .reverse(client.nextMsgid(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), original.msgid(), oinfno);
    }

    /** What the gateway holds of a msgid. */
    static RecordState state(final TerminalClient client, final String msgid) throws Exception {
        return get(client.send(client.requests().query(client.nextMsgid(), msgid)))
                .query()
                .state();
    }

    /** The patient's account. */
    static long balanceFen(final TerminalClient client) throws Exception {
        return get(client.send(client.requests()
                        .personInfo(client.nextMsgid(), SmallCity.COUNTY, "02", SmallCity.certno(PERSON))))
                .personInfo()
                .insuinfo()
                .next()
                .balcFen();
    }

    static <T> T get(final CompletableFuture<T> future) throws Exception {
        return future.get(WAIT_S, TimeUnit.SECONDS);
    }

    static Answer ask(final TerminalClient client, final SignedRequest request) throws Exception {
        return get(client.send(request));
    }

    static void await(final String what, final BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until %s", what).isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Ends everything; the journal must then replay to the same. */
    void endAndReplay() throws Exception {
        for (final AutoCloseable open : closed) {
            if (open instanceof ServeProcess process && process.isAlive()) {
                process.stop();
            }
            open.close();
        }
        network.close();
        if (gateway != null) {
            gateway.close();
        }
        operator().replay();
    }
}
