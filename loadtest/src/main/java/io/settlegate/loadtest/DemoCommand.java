package io.settlegate.loadtest;

import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.GatewayInstallation;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.PopulationSize;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demonstration: a sample city settles, the gateway is killed, recovers, and proves that nothing was lost. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Shows a gateway at work, kills it, and proves that nothing was lost.",
            "Makes a sample city in a temporary directory, imports it into a new gateway, lets a thousand terminals"
                    + " settle over TCP, kills the gateway hard in the middle of the load, starts it again, clears up what"
                    + " was left unanswered, and compares what the terminals hold with what the gateway holds."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything held",
            "1:something did not hold",
            "2:the command line is wrong",
            "4:the demo could not run"
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Time of load, the kill within it. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description = "Requests per second of all terminals. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--persons",
            defaultValue = "100000",
            description = "Insured persons of the sample city. Default: ${DEFAULT-VALUE}")
    private int persons;

    @Option(
            names = "--institutions",
            defaultValue = "200",
            description = "Its hospitals and pharmacies. Default: ${DEFAULT-VALUE}")
    private int institutions;

    @Option(
            names = "--terminals",
            defaultValue = "1000",
            description = "Its terminals, each on a connection. Default: ${DEFAULT-VALUE}")
    private int terminals;

    @Option(
            names = "--seed",
            defaultValue = "20261122",
            description = "Of the city and the bills. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep city, journal, and log here, to look at them")
    private Path keep;

    @Override
    public Integer call() throws IOException, GatewayException {
        final long startNs = System.nanoTime();
        final Screen screen = new Screen(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        final DemoPlan plan =
                new DemoPlan(new PopulationSize(persons, institutions, terminals, 400), seconds, rate, seed);
        final GatewayInstallation installation = GatewayInstallation.find();
        final WorkDirectory work = WorkDirectory.of(keep, "settlegate-demo-");
        screen.line("");
        screen.line(
                "  Settlegate: a sample city settles, the gateway is killed, and nothing is lost       seed " + seed);
        screen.line("");
        final boolean held;
        try {
            held = new Demo(new SampleGateway(work.path(), installation), plan, screen).run();
        } catch (final IOException | GatewayException | RuntimeException e) {
            screen.line("  The demo could not go on; its files stand in " + work.path());
            throw e;
        }
        screen.line("");
        if (!held) {
            screen.line("  Something did not hold. Journal and log stand in " + work.path());
            return ExitCodes.BROKEN;
        }
        screen.line(String.format(
                Locale.ROOT,
                "  Everything held. %.0f s in all.%s",
                (System.nanoTime() - startNs) / 1e9,
                work.isKept() ? " Journal and log stand in " + work.path() : ""));
        screen.line("");
        work.dispose();
        return ExitCodes.GOOD;
    }
}
