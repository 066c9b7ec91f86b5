package io.settlegate.loadtest;

import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.driver.load.LoadDriver;
import io.settlegate.loadtest.driver.load.LoadPlan;
import io.settlegate.loadtest.driver.load.Phase;
import io.settlegate.loadtest.driver.load.PhaseResult;
import io.settlegate.loadtest.driver.load.RequestMix;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.GatewayInstallation;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationFiles;
import io.settlegate.loadtest.wire.GatewayProbe;
import io.settlegate.protocol.crypto.SignatureSelection;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The load test: options in, a table out; what it does is in {@link OwnGatewayLoad} and {@link LoadRun}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Measures how many requests a gateway answers per second, and how fast.",
            "",
            "Without --rate: a closed loop. Each connection keeps the same number of requests in flight and sends the next"
                    + " when an answer comes. That finds the maximum; its latencies are those of a saturated gateway.",
            "With --rate, or a ramp (--rate-from, --rate-to, --step): an open loop. Each request has a planned time, fixed"
                    + " beforehand, and its latency is measured from that time to the answer. A request that has to wait"
                    + " because the window is full or the gateway is slow or busy waits in the generator, and that waiting"
                    + " counts.",
            "",
            "It makes a sample city and a gateway of its own in a temporary directory, on this machine, and so shares the"
                    + " processors with it; or it loads a running gateway (--connect). Requests are signed before the clock"
                    + " starts. It ends by itself. At the end what the terminals were told is compared with a replay of the"
                    + " journal, and receipts are checked.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the load ran, the books agree, all receipts checked are valid",
            "1:a receipt is not valid, the books do not agree, or nothing was answered",
            "2:the command line is wrong",
            "4:the load could not run"
        })
final class LoadCommand implements Callable<Integer> {
    private static final int MAX_RECEIPTS = 2_000;
    private static final int EXPECTED_PER_SECOND = 20_000;
    private static final int CLOSED_IN_FLIGHT = 4;
    private static final int MAX_ROUNDS = 20;
    private static final Set<String> LEVELS = Set.of("none", "process", "batch", "record");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Open loop: requests per second of all connections together")
    private Double rate;

    @Option(names = "--rate-from", paramLabel = "A", description = "Ramp: the first step's rate")
    private Double rateFrom;

    @Option(names = "--rate-to", paramLabel = "B", description = "Ramp: no step is above this rate")
    private Double rateTo;

    @Option(
            names = "--step",
            paramLabel = "S",
            description = "Ramp: from one step to the next. Default: a tenth of the way from A to B")
    private Double step;

    @Option(
            names = "--step-seconds",
            paramLabel = "T",
            defaultValue = "10",
            description = "Ramp: time measured of each step, after a second to settle. Default: ${DEFAULT-VALUE}")
    private int stepSeconds;

    @Option(
            names = "--p99-limit-ms",
            paramLabel = "L",
            defaultValue = "1000",
            description = "Ramp: it ends with the first step whose p99 is above this, or that achieves less than 95"
                    + " %% of its rate. Default: ${DEFAULT-VALUE}")
    private double p99LimitMs;

    @Option(names = "--seconds", defaultValue = "20", description = "Time measured. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--warmup",
            defaultValue = "10",
            description = "Seconds of the same load before it. Default: ${DEFAULT-VALUE}")
    private int warmup;

    @Option(
            names = "--mix",
            paramLabel = "MIX",
            description = "What is sent, by weight, e.g. 2102=70,2101=15,1101=10,2103=3,2601=2. 2102 settles, 2101"
                    + " asks what it would cost, 1101 asks for the person, 2103 cancels an answered settlement"
                    + " of the run, 2601 reverses one by msgid, 101 and 5203 ask for answers of record, 3201"
                    + " compares totals, 3202 uploads and compares details; visits need all their steps: 2201, 2203,"
                    + " 2204, 2207, and stays theirs: 2401, 2301, 2402, 2304. `county` is a county's day. Default:"
                    + " settlements (2102) alone, which is what the maximum is stated for")
    private String mix;

    @Option(
            names = "--lines",
            defaultValue = "3",
            description = "Fee lines of each bill; 0 for one to five. Default: ${DEFAULT-VALUE}")
    private int lines;

    @Option(
            names = "--connections",
            defaultValue = "64",
            description = "Terminals, each on a connection. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--in-flight",
            description = "Requests in flight on each, at most the gateway's window. Default: 4 in a closed loop,"
                    + " the gateway's window in an open one")
    private Integer inFlight;

    @Option(
            names = "--requests",
            description = "Closed loop: requests to sign beforehand, about 800 bytes each at three lines; the run"
                    + " ends early when they are used up. Default: 20000 for each second of warm-up and time")
    private Integer requests;

    @Option(
            names = {"--level", "--durability"},
            paramLabel = "LEVEL",
            defaultValue = "batch",
            description = "What the gateway it starts makes sure of before it answers: none (nothing), process"
                    + " (page cache), batch (forced, by the batch), record (forced, one by one). Default:"
                    + " ${DEFAULT-VALUE}")
    private String level;

    @Option(
            names = "--signature",
            paramLabel = "PATH",
            defaultValue = "auto",
            description =
                    "How the gateway it starts verifies signatures: auto, vector, scalar, or bouncycastle. Default:"
                            + " ${DEFAULT-VALUE}")
    private String signature;

    @Option(
            names = "--levels",
            paramLabel = "LEVEL,..",
            split = ",",
            hideParamSyntax = true,
            description = "Several levels instead, e.g. none,process,batch,record: each once in every round, the"
                    + " gateway started anew each time; prints them side by side. Not with a ramp")
    private List<String> levels;

    @Option(
            names = "--rounds",
            defaultValue = "1",
            description = "How often each level runs; three or more to see the noise. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Mixin
    private CityOptions city;

    @Mixin
    private RunningGatewayOptions running;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write all figures there; - for standard output, everything else then goes to standard error")
    private Path json;

    @Override
    public Integer call() throws IOException, GatewayException {
        final boolean isJsonOut = json != null && json.toString().equals("-");
        final Screen screen =
                new Screen(new PrintStream(isJsonOut ? System.err : System.out, true, StandardCharsets.UTF_8));
        final LoadPlan plan;
        final LoadShape shape;
        try {
            running.check();
            shape = shape();
            plan = plan(shape);
            checkLevels(shape);
        } catch (final IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        screen.line("");
        return running.isWanted() ? loadRunning(plan, shape, screen) : loadOwn(plan, shape, screen);
    }

    private LoadShape shape() {
        final RequestMix requestMix = requestMix();
        if ((rateFrom == null) != (rateTo == null)) {
            throw new IllegalArgumentException("a ramp needs both --rate-from and --rate-to");
        }
        if (rateFrom != null) {
            if (rate != null) {
                throw new IllegalArgumentException("--rate and a ramp do not go together");
            }
            final double stepPerSecond = step != null ? step : Math.max(1, (rateTo - rateFrom) / 10);
            return LoadShape.of(new Ramp(rateFrom, rateTo, stepPerSecond, stepSeconds, warmup, p99LimitMs));
        }
        if (rate != null) {
            return LoadShape.of(Phase.open(rate, warmup, seconds), requestMix);
        }
        final int requestCount = requests != null
                ? requests
                : (int) Math.min(Phase.MAX_REQUESTS, ((long) warmup + seconds) * EXPECTED_PER_SECOND);
        return LoadShape.of(Phase.closed(warmup, seconds, requestCount), requestMix);
    }

    private LoadPlan plan(final LoadShape shape) {
        final int window;
        if (inFlight != null && inFlight < 1) {
            throw new IllegalArgumentException("in-flight: " + inFlight + " is outside 1 to 1000");
        } else if (inFlight != null) {
            window = inFlight;
        } else {
            window = shape.phase().isOpen() ? 0 : CLOSED_IN_FLIGHT;
        }
        return new LoadPlan(
                connections,
                window,
                lines == 0 ? LineCount.MIXED : LineCount.exactly(lines),
                requestMix(),
                city.seed());
    }

    private RequestMix requestMix() {
        return mix == null ? RequestMix.SETTLEMENTS : RequestMix.parse(mix);
    }

    private void checkLevels(final LoadShape shape) {
        if (!SignatureSelection.SETTINGS.contains(signature)) {
            throw new IllegalArgumentException(
                    "signature: " + signature + " is none of " + String.join(", ", SignatureSelection.SETTINGS));
        }
        for (final String one : levels()) {
            if (!LEVELS.contains(one)) {
                throw new IllegalArgumentException("level: " + one + " is none of none, process, batch, record");
            }
        }
        if (rounds < 1 || rounds > MAX_ROUNDS) {
            throw new IllegalArgumentException("rounds: " + rounds + " is outside 1 to " + MAX_ROUNDS);
        }
        if (running.isWanted() && (levels != null || rounds > 1)) {
            throw new IllegalArgumentException("--levels and --rounds start gateways; --connect has one already");
        }
        if (shape.ramp().isPresent() && (levels != null || rounds > 1)) {
            throw new IllegalArgumentException("--levels and --rounds do not go with a ramp");
        }
        if (levels().stream().distinct().count() < levels().size()) {
            throw new IllegalArgumentException("levels: one stands there twice");
        }
    }

    private List<String> levels() {
        return levels == null ? List.of(level) : levels;
    }

    private int loadOwn(final LoadPlan plan, final LoadShape shape, final Screen screen)
            throws IOException, GatewayException {
        final GatewayInstallation installation = GatewayInstallation.find();
        final WorkDirectory work = WorkDirectory.of(city.keep(), "settlegate-load-");
        final SampleGateway sample = new SampleGateway(work.path(), installation);
        final Population population = Population.generate(city.seed(), city.size());
        final OwnGatewayLoad load = new OwnGatewayLoad(sample, signature, shape, screen);
        final int exit;
        try (LoadDriver driver = driver(plan, population, SampleGateway.GATEWAY_ID, screen)) {
            load.found(population);
            final List<LevelResult> results = load.run(driver, levels(), rounds);
            exit = report(plan, shape, results, Optional.of(load.prove(driver)), screen);
        }
        work.dispose();
        return exit;
    }

    private int loadRunning(final LoadPlan plan, final LoadShape shape, final Screen screen)
            throws IOException, GatewayException {
        final Optional<Sm2PublicKey> key = running.key();
        final Population population = new PopulationFiles(running.population()).read();
        final String gatewayId = GatewayProbe.challenge(running.address()).gatewayId();
        try (LoadDriver driver = driver(plan, population, gatewayId, screen)) {
            driver.sign(shape.phase());
            screen.step("sign", Numbers.count(shape.phase().requestCount()) + " requests signed beforehand");
            final List<PhaseResult> phases = new LoadRun(shape, screen).run(driver, running.address(), running.pid());
            final Optional<LoadProof> proof =
                    key.map(found -> LoadProof.of(ReceiptSample.check(driver.samples(), found, MAX_RECEIPTS)));
            return report(plan, shape, List.of(new LevelResult(phases.get(0).durability(), phases)), proof, screen);
        }
    }

    private static LoadDriver driver(
            final LoadPlan plan, final Population population, final String gatewayId, final Screen screen) {
        return new LoadDriver(plan, population, gatewayId, line -> screen.progress("load", line));
    }

    private int report(
            final LoadPlan plan,
            final LoadShape shape,
            final List<LevelResult> results,
            final Optional<LoadProof> proof,
            final Screen screen)
            throws IOException {
        if (shape.ramp().isEmpty() && (results.size() > 1 || rounds > 1)) {
            LevelTable.lines(results).forEach(screen::line);
        } else if (shape.ramp().isEmpty()) {
            new LoadReport(plan, results.get(0).rounds().get(0)).lines().forEach(screen::line);
        }
        proof.ifPresent(present -> present.lines().forEach(screen::line));
        if (json != null) {
            new LoadJson(plan).levels(results).proof(proof).write(json);
        }
        final boolean answered =
                results.stream().flatMap(result -> result.rounds().stream()).allMatch(round -> round.inTimeCount() > 0);
        return answered && proof.map(LoadProof::holds).orElse(true) ? ExitCodes.GOOD : ExitCodes.BROKEN;
    }
}
