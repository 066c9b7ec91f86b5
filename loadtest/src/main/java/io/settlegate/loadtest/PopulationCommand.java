package io.settlegate.loadtest;

import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.GatewayInstallation;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationFiles;
import io.settlegate.loadtest.population.PopulationSize;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the files of a sample city, for `admin import`. */
@Command(
        name = "population",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Writes the files of a sample city, as `settlegate admin import --from DIR` takes them.",
            "All persons are invented; the same seed and size make the same city."
        })
final class PopulationCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go")
    private Path out;

    @Option(
            names = "--persons",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Insured persons. Default: ${DEFAULT-VALUE}")
    private int persons;

    @Option(
            names = "--institutions",
            paramLabel = "N",
            defaultValue = "200",
            description = "Hospitals and pharmacies. Default: ${DEFAULT-VALUE}")
    private int institutions;

    @Option(
            names = "--terminals",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Their terminals. Default: ${DEFAULT-VALUE}")
    private int terminals;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "20261122",
            description = "Of the city. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public Integer call() throws IOException, GatewayException {
        final Path policy = GatewayInstallation.find().samplePolicy();
        final PopulationFiles files = new PopulationFiles(out);
        files.write(Population.generate(seed, new PopulationSize(persons, institutions, terminals, 400)));
        Files.copy(policy, files.policy(), StandardCopyOption.REPLACE_EXISTING);
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .println(Numbers.count(persons) + " persons, " + Numbers.count(institutions) + " institutions, "
                        + Numbers.count(terminals) + " terminals in " + out);
        return ExitCodes.GOOD;
    }
}
