package io.settlegate.loadtest;

import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.driver.LoadDriver;
import io.settlegate.loadtest.driver.LoadPlan;
import io.settlegate.loadtest.driver.LoadResult;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.GatewayInstallation;
import io.settlegate.loadtest.gateway.GatewayProcess;
import io.settlegate.loadtest.gateway.GatewayPublicKey;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationFiles;
import io.settlegate.loadtest.population.PopulationSize;
import io.settlegate.loadtest.wire.GatewayProbe;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The load test: as many settlements as the gateway answers, requests signed before the clock starts.
 *
 * <p>Ends with 0 if the load ran and every receipt of the sample held, 1 if one did not, or if no settlement was made,
 * 2 on a wrong command line, 4 if the load could not run.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures how many settlements a gateway answers per second, and how fast.",
            "A closed loop: each connection keeps the same number of requests in flight. Without --connect it makes a"
                    + " sample city and a gateway of its own in a temporary directory."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the load ran and all receipts checked are valid", "1:a receipt is not valid, or nothing settled",
            "2:the command line is wrong", "4:the load could not run"
        })
final class LoadCommand implements Callable<Integer> {
    private static final int MAX_RECEIPTS = 2_000;
    private static final int EXPECTED_PER_SECOND = 10_000;

    @Option(
            names = "--connections",
            defaultValue = "64",
            description = "Terminals, each on a connection. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--in-flight",
            defaultValue = "4",
            description = "Requests in flight on each. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(
            names = "--lines",
            defaultValue = "3",
            description = "Fee lines of each bill; 0 for one to five. Default: ${DEFAULT-VALUE}")
    private int lines;

    @Option(names = "--seconds", defaultValue = "20", description = "Time measured. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "10", description = "Seconds before it. Default: ${DEFAULT-VALUE}")
    private int warmup;

    @Option(
            names = "--requests",
            description = {
                "Settlements to sign beforehand, about 750 bytes each at three lines.",
                "Default: 10000 for each second of warm-up and time"
            })
    private Integer requests;

    @Option(
            names = "--durability",
            defaultValue = "batch",
            description = {
                "Of the gateway it starts: batch (forced before a reply), or none (for comparison only).",
                "Default: ${DEFAULT-VALUE}"
            })
    private String durability;

    @Option(names = "--persons", defaultValue = "100000", description = "Of the sample city. Default: ${DEFAULT-VALUE}")
    private int persons;

    @Option(
            names = "--institutions",
            defaultValue = "200",
            description = "Of the sample city. Default: ${DEFAULT-VALUE}")
    private int institutions;

    @Option(names = "--terminals", defaultValue = "1000", description = "Of the sample city. Default: ${DEFAULT-VALUE}")
    private int terminals;

    @Option(
            names = "--seed",
            defaultValue = "20261122",
            description = "Of the city and the bills. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the city and the gateway's data here")
    private Path keep;

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            description = "Use a gateway that runs already; needs --population")
    private String connect;

    @Option(
            names = "--population",
            paramLabel = "DIR",
            description = "The sample city imported there, with its population.json")
    private Path populationDirectory;

    @Option(names = "--gateway-key", paramLabel = "FILE", description = "Its public key (PEM), to check receipts")
    private Path gatewayKey;

    @Option(names = "--gateway-pid", paramLabel = "PID", description = "Its process, to tell its processor time")
    private Long gatewayPid;

    @Option(names = "--json", description = "The result as JSON on standard output, everything else on standard error")
    private boolean json;

    @Override
    public Integer call() throws IOException, GatewayException {
        final PrintStream text = new PrintStream(json ? System.err : System.out, true, StandardCharsets.UTF_8);
        final Screen screen = new Screen(text);
        if ((connect == null) != (populationDirectory == null)) {
            screen.line("--connect and --population go together");
            return ExitCodes.USAGE;
        }
        final LoadPlan plan = plan();
        return connect == null ? againstOwn(plan, screen) : againstRunning(plan, screen);
    }

    private LoadPlan plan() {
        final int requestCount =
                requests != null ? requests : Math.multiplyExact(warmup + seconds, EXPECTED_PER_SECOND);
        final LineCount lineCount = lines == 0 ? LineCount.MIXED : LineCount.exactly(lines);
        return new LoadPlan(connections, inFlight, lineCount, warmup, seconds, requestCount, seed);
    }

    private int againstOwn(final LoadPlan plan, final Screen screen) throws IOException, GatewayException {
        final GatewayInstallation installation = GatewayInstallation.find();
        final WorkDirectory work = WorkDirectory.of(keep, "settlegate-load-");
        final SampleGateway sample = new SampleGateway(work.path(), installation);
        final int exit;
        screen.line("");
        final Population population =
                Population.generate(seed, new PopulationSize(persons, institutions, terminals, 400));
        sample.writeCity(population);
        screen.step(
                "city",
                Numbers.count(persons) + " persons, " + Numbers.count(institutions) + " institutions, "
                        + Numbers.count(terminals) + " terminals; seed " + seed);
        screen.progress("import", "founding the journal, importing the city");
        sample.found();
        screen.step("import", "journal founded, city imported");
        try (LoadDriver driver = driver(plan, population, SampleGateway.GATEWAY_ID, screen)) {
            sign(driver, plan, screen);
            try (GatewayProcess gateway = sample.start(durability)) {
                screen.step("start", "gateway ready on " + text(gateway.address()) + ", pid " + gateway.pid());
                final LoadResult result = driver.run(gateway.address(), OptionalLong.of(gateway.pid()));
                exit = report(plan, result, Optional.of(sample.publicKey()), screen);
                gateway.terminate();
            }
        }
        work.dispose();
        return exit;
    }

    private int againstRunning(final LoadPlan plan, final Screen screen) throws IOException, GatewayException {
        final int colon = connect.lastIndexOf(':');
        if (colon < 1) {
            screen.line("--connect " + connect + ": HOST:PORT is wanted");
            return ExitCodes.USAGE;
        }
        final InetSocketAddress address =
                new InetSocketAddress(connect.substring(0, colon), Integer.parseInt(connect.substring(colon + 1)));
        final Population population = new PopulationFiles(populationDirectory).read();
        final String gatewayId = GatewayProbe.challenge(address).gatewayId();
        final OptionalLong pid = gatewayPid == null ? OptionalLong.empty() : OptionalLong.of(gatewayPid);
        final Optional<Sm2PublicKey> key =
                gatewayKey == null ? Optional.empty() : Optional.of(GatewayPublicKey.read(gatewayKey));
        try (LoadDriver driver = driver(plan, population, gatewayId, screen)) {
            sign(driver, plan, screen);
            return report(plan, driver.run(address, pid), key, screen);
        }
    }

    private static LoadDriver driver(
            final LoadPlan plan, final Population population, final String gatewayId, final Screen screen) {
        return new LoadDriver(plan, population, gatewayId, line -> screen.progress("load", line));
    }

    private static void sign(final LoadDriver driver, final LoadPlan plan, final Screen screen) {
        driver.sign();
        screen.step("sign", Numbers.count(plan.requestCount()) + " settlements signed beforehand");
    }

    private int report(
            final LoadPlan plan, final LoadResult result, final Optional<Sm2PublicKey> key, final Screen screen) {
        final Optional<ReceiptSample> receipts =
                key.map(found -> ReceiptSample.check(result.samples(), found, MAX_RECEIPTS));
        final LoadReport report = new LoadReport(plan, result, receipts);
        screen.step("load", "done");
        report.lines().forEach(screen::line);
        if (json) {
            System.out.println(report.json());
        }
        final boolean good =
                result.settledCount() > 0 && receipts.map(ReceiptSample::isGood).orElse(true);
        return good ? ExitCodes.GOOD : ExitCodes.BROKEN;
    }

    private static String text(final InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
