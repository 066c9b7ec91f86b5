package io.settlegate.loadtest;

import io.settlegate.loadtest.population.PopulationSize;

/**
 * What the demo does.
 *
 * @param seconds of load in all; the kill comes after three fifths of them.
 */
record DemoPlan(PopulationSize size, int seconds, int ratePerSecond, long seed) {
    private static final int MIN_SECONDS = 4;

    DemoPlan {
        if (seconds < MIN_SECONDS || seconds > 3_600) {
            throw new IllegalArgumentException("seconds: " + seconds + " is outside " + MIN_SECONDS + " to 3600");
        }
    }

    int secondsBeforeKill() {
        return seconds * 3 / 5;
    }

    int secondsAfterKill() {
        return seconds - secondsBeforeKill();
    }
}
