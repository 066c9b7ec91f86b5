package io.settlegate.loadtest.population;

import java.util.List;

/**
 * A sample city: a function of seed and size, so that keys and persons need not be stored.
 *
 * <p>Immutable, safe for all threads. A hundred thousand persons take some 70 MB; above a million they are made when asked for.
 */
public final class Population {
    private final long seed;
    private final PopulationSize size;
    private final List<Institution> institutions;
    private final List<Terminal> terminals;
    private final List<Person> persons;
    private final List<CatalogueItem> items;

    private Population(final long seed, final PopulationSize size) {
        this.seed = seed;
        this.size = size;
        this.institutions = InstitutionGenerator.generate(seed, size.institutionCount());
        this.terminals = TerminalGenerator.generate(seed, institutions, size.terminalCount());
        this.persons = PersonGenerator.generate(seed, size.personCount());
        this.items = CatalogueGenerator.generate(seed, size.itemCount());
    }

    public static Population generate(final long seed, final PopulationSize size) {
        return new Population(seed, size);
    }

    public long seed() {
        return seed;
    }

    public PopulationSize size() {
        return size;
    }

    public List<Institution> institutions() {
        return institutions;
    }

    /** Neighbours in this list belong to different institutions. */
    public List<Terminal> terminals() {
        return terminals;
    }

    public List<Person> persons() {
        return persons;
    }

    public List<CatalogueItem> items() {
        return items;
    }
}
