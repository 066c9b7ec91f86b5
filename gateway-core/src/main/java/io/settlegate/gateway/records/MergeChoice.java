package io.settlegate.gateway.records;

import java.util.List;

/**
 * Which runs are to be merged: neighbours of about one size, so that runs grow by {@link #FAN_IN} from level to level and an entry is written
 * once for each level. Stateless; any thread.
 */
final class MergeChoice {
    /** How many runs a merge takes. */
    static final int FAN_IN = 8;

    /** Runs that wait to be merged, at most: whoever adds waits for whoever merges. */
    private static final int MAX_WAITING = 64;

    /** A merge makes no run of more entries: 2 GiB. */
    private static final long MAX_ENTRIES = 1L << 27;

    /** Of a run that grows no more. */
    private static final int LAST_LEVEL = Integer.MAX_VALUE;

    private final int tailCapacity;

    /** @param tailCapacity entries of the smallest runs. */
    MergeChoice(final int tailCapacity) {
        this.tailCapacity = tailCapacity;
    }

    /** True if runs wait to be merged, and no more should be made now. */
    boolean isBehind(final List<Run> runs) {
        return runs.stream().filter(run -> level(run) == 0).count() > MAX_WAITING;
    }

    /**
     * Neighbours of one level without a gap, oldest first; where there are too many runs, those with the fewest entries.
     *
     * @param runs oldest first.
     * @return empty if there is nothing to merge.
     */
    List<Run> choose(final List<Run> runs) {
        List<Run> least = List.of();
        long leastCount = Long.MAX_VALUE;
        for (int first = 0; first + FAN_IN <= runs.size(); first++) {
            final List<Run> window = runs.subList(first, first + FAN_IN);
            final long entryCount = window.stream().mapToLong(Run::entryCount).sum();
            if (!isGapless(window) || entryCount > MAX_ENTRIES) {
                continue;
            }
            if (isOfOneLevel(window)) {
                return List.copyOf(window);
            }
            if (entryCount < leastCount) {
                leastCount = entryCount;
                least = List.copyOf(window);
            }
        }
        return runs.size() > MAX_WAITING && leastCount < MAX_ENTRIES / FAN_IN ? least : List.of();
    }

    private static boolean isGapless(final List<Run> window) {
        for (int i = 1; i < window.size(); i++) {
            if (window.get(i).firstSequence() != window.get(i - 1).lastSequence() + 1) {
                return false;
            }
        }
        return true;
    }

    private boolean isOfOneLevel(final List<Run> window) {
        final int level = level(window.get(0));
        return level != LAST_LEVEL && window.stream().allMatch(run -> level(run) == level);
    }

    /** The border between two levels lies between the sizes of their runs. */
    private int level(final Run run) {
        int level = 0;
        for (long limit = (long) tailCapacity * FAN_IN / 2; run.entryCount() >= limit; limit *= FAN_IN) {
            level++;
        }
        return run.entryCount() >= MAX_ENTRIES / 2 ? LAST_LEVEL : level;
    }
}
