package io.settlegate.loadtest;

import io.settlegate.loadtest.population.PopulationSize;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of a sample city of one's own. */
final class CityOptions {
    private static final int ITEM_COUNT = 400;

    @Option(
            names = "--persons",
            defaultValue = "100000",
            description = "Of the sample city it makes. Default: ${DEFAULT-VALUE}")
    private int persons;

    @Option(
            names = "--institutions",
            defaultValue = "200",
            description = "Of the sample city it makes. Default: ${DEFAULT-VALUE}")
    private int institutions;

    @Option(
            names = "--terminals",
            defaultValue = "1000",
            description = "Of the sample city it makes. Default: ${DEFAULT-VALUE}")
    private int terminals;

    @Option(
            names = "--seed",
            defaultValue = "20261122",
            description = "Of the city, the bills, and the order of the mix. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep the city, the gateway's data, and its log in this new directory")
    private Path keep;

    long seed() {
        return seed;
    }

    PopulationSize size() {
        return new PopulationSize(persons, institutions, terminals, ITEM_COUNT);
    }

    /** Null where nothing is to be kept. */
    Path keep() {
        return keep;
    }
}
