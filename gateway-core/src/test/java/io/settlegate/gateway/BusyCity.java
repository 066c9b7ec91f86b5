package io.settlegate.gateway;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.OutpatientRequests;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A small city whose gateway runs, with a pharmacy's and a hospital's terminal at work: a journal with something of everything. */
final class BusyCity implements AutoCloseable {
    private static final ClientTiming TIMING = new ClientTiming(2_000, 20_000, 5_000, 20);
    private static final int ANSWER_TIMEOUT_S = 60;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final int IN_FLIGHT = 16;
    private static final String ITEM = "XB03ACY199B002010104718";

    final SmallCity city;
    final Operator operator;
    private final Random random;
    private Gateway gateway;
    private TerminalClient pharmacy;
    private TerminalClient hospital;

    /** What a command line ended with. */
    record Result(int exitCode, String out, String err) {
        List<String> lines() {
            return out.isEmpty() ? List.of() : List.of(out.strip().split("\n"));
        }
    }

    BusyCity(final Path directory, final long seed) throws IOException {
        city = SmallCity.found(directory);
        operator = new Operator(city.data());
        random = new Random(seed);
        start();
    }

    void start() throws IOException {
        gateway =
                GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
        pharmacy = connect(0);
        hospital = connect(SmallCity.TERMINALS_PER_INSTITUTION);
    }

    private TerminalClient connect(final int terminal) throws IOException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), city.terminals().get(terminal), TIMING, Clock.systemUTC());
    }

    /**
     * Starts the gateway anew, when the clock is behind the last msgid: terminals that begin anew would use the same ones again, and a
     * busy one's run ahead of the clock.
     */
    void restart() throws Exception {
        final String last = Collections.max(List.of(secondOf(pharmacy.nextMsgid()), secondOf(hospital.nextMsgid())));
        stop();
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_TIMEOUT_S);
        while (SECOND.format(Instant.now()).compareTo(last) <= 0) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("the clock does not reach " + last);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        start();
    }

    private static String secondOf(final String msgid) {
        return msgid.substring(12, 26);
    }

    void stop() {
        pharmacy.close();
        hospital.close();
        gateway.close();
        gateway = null;
    }

    String data() {
        return city.data().toString();
    }

    /** Settles at both institutions, several at a time. */
    void settle(final int count) throws Exception {
        final Queue<CompletableFuture<Answer>> pending = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            pending.add((i % 2 == 0 ? pharmacy : hospital).send(request(i % 2 == 0 ? pharmacy : hospital)));
            if (pending.size() == IN_FLIGHT) {
                pending.remove().get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
            }
        }
        while (!pending.isEmpty()) {
            pending.remove().get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
        }
    }

    private SignedRequest request(final TerminalClient client) {
        final TerminalIdentity terminal = client.requests().identity();
        return client.requests()
                .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
    }

    /** One settlement at the pharmacy. */
    Answer settleOne() throws Exception {
        return ask(pharmacy, request(pharmacy));
    }

    /** A settlement and its repeat, one that is cancelled, one that is reversed, a cancel that is reversed, a refusal, reads, a visit, acts. */
    void doSomethingOfEverything() throws Exception {
        final SignedRequest repeated = request(pharmacy);
        ask(pharmacy, repeated);
        ask(pharmacy, repeated);
        final PharmacySettleOutcomeDecoder cancelled = settleOne().settlement();
        ask(
                pharmacy,
                pharmacy.requests()
                        .cancel(pharmacy.nextMsgid(), SmallCity.COUNTY, cancelled.psnNo(), cancelled.setlId()));
        final SignedRequest reversed = request(pharmacy);
        final String person = ask(pharmacy, reversed).settlement().psnNo();
        ask(
                pharmacy,
                pharmacy.requests().reverse(pharmacy.nextMsgid(), SmallCity.COUNTY, person, reversed.msgid(), "2102"));
        ask(pharmacy, pharmacy.requests().query(pharmacy.nextMsgid(), reversed.msgid()));
        cancelAndReverseTheCancel();
        ask(
                pharmacy,
                pharmacy.requests().personInfo(pharmacy.nextMsgid(), SmallCity.COUNTY, "02", SmallCity.certno(3)));
        for (int i = 0; i < SmallCity.PERSONS; i += 13) {
            operator.done("person", "freeze", "--psn-no", SmallCity.psnNo(i));
        }
        settle(60);
        for (int i = 0; i < SmallCity.PERSONS; i += 13) {
            operator.done("person", "release", "--psn-no", SmallCity.psnNo(i));
        }
        operator.done("allocate", "--batch-id", "B-7", "--psn-no", SmallCity.psnNo(5), "--amount", "120.00");
        operator.refused("allocate", "--batch-id", "B-7", "--psn-no", SmallCity.psnNo(5), "--amount", "120.00");
        visit();
    }

    private void cancelAndReverseTheCancel() throws Exception {
        final PharmacySettleOutcomeDecoder settled = settleOne().settlement();
        final SignedRequest cancel =
                pharmacy.requests().cancel(pharmacy.nextMsgid(), SmallCity.COUNTY, settled.psnNo(), settled.setlId());
        ask(pharmacy, cancel);
        ask(
                pharmacy,
                pharmacy.requests()
                        .reverse(pharmacy.nextMsgid(), SmallCity.COUNTY, settled.psnNo(), cancel.msgid(), "2103"));
    }

    private void visit() throws Exception {
        final Patient patient = new Patient(4, SmallCity.COUNTY, System.currentTimeMillis());
        final OutpatientRequests requests = hospital.requests().outpatient();
        final String visit = ask(hospital, requests.register(hospital.nextMsgid(), patient.registration()))
                .visit()
                .mdtrtId();
        ask(hospital, requests.describe(hospital.nextMsgid(), patient.details(visit, Patient.OUTPATIENT)));
        final Answer lines = ask(
                hospital,
                requests.uploadLines(
                        hospital.nextMsgid(),
                        new FeeLines(
                                patient.key(visit),
                                "B1",
                                List.of(patient.line("L1", ITEM, 80), patient.line("L2", ITEM, 3)))));
        final FeeSplit split = FeeSplit.of(lines.feeLines());
        ask(
                hospital,
                requests.settle(
                        hospital.nextMsgid(),
                        patient.settlement(visit, Patient.OUTPATIENT, FeeLines.EVERY_BATCH, split)));
    }

    private static Answer ask(final TerminalClient client, final SignedRequest request) throws Exception {
        return client.send(request).get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
    }

    /** Runs a command line in this process. */
    static Result run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** A command line in a process of its own. */
    static ProcessBuilder process(final String... arguments) {
        final List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-D" + DataDirectory.BLOCK_LENGTH_PROPERTY + '=' + SmallCity.BLOCK_LENGTH));
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-") || flag.startsWith("-Dchronicle") || flag.startsWith("-Ddisable")) {
                line.add(flag);
            }
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Settlegate.class.getName()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line);
    }

    @Override
    public void close() {
        if (gateway != null) {
            stop();
        }
    }
}
