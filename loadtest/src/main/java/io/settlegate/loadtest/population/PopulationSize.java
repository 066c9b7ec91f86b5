package io.settlegate.loadtest.population;

/** How large a sample city is. */
public record PopulationSize(int personCount, int institutionCount, int terminalCount, int itemCount) {
    /** Terminals of one institution have lanes of twenty among ten thousand numbers. */
    private static final int MAX_TERMINALS_PER_INSTITUTION = 500;

    private static final int MIN_ITEM_COUNT = 20;

    public PopulationSize {
        require(personCount >= 1 && personCount <= 20_000_000, "persons", personCount, "1 to 20000000");
        require(institutionCount >= 2 && institutionCount <= 90_000, "institutions", institutionCount, "2 to 90000");
        require(terminalCount >= 1 && terminalCount <= 1_000_000, "terminals", terminalCount, "1 to 1000000");
        require(itemCount >= MIN_ITEM_COUNT && itemCount <= 100_000, "items", itemCount, "20 to 100000");
        final int perInstitution = (terminalCount + institutionCount - 1) / institutionCount;
        require(
                perInstitution <= MAX_TERMINALS_PER_INSTITUTION,
                "terminals of one institution",
                perInstitution,
                "at most 500");
    }

    private static void require(final boolean holds, final String what, final int value, final String range) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + value + " is outside " + range);
        }
    }
}
