package io.settlegate.gateway.operations;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the rows of each allocation batch while the file is checked, because the first slice of a batch already tells how
 * many there will be. The rows of a batch must stand together, so that a slice is never open beside another.
 *
 * <p>One thread. Bounded by {@value #MAX_BATCHES} batches.
 */
final class BatchRows {
    static final int MAX_BATCHES = 10_000;

    private final ProblemList problems;
    private final Map<String, Long> counts = new HashMap<>();
    private String current = "";
    private long currentCount;

    BatchRows(final ProblemList problems) {
        this.problems = problems;
    }

    void add(final long line, final String batchId) {
        if (batchId.equals(current)) {
            currentCount++;
            return;
        }
        end();
        current = batchId;
        currentCount = 1;
        if (counts.containsKey(batchId)) {
            problems.add(file(), line, column(), "the rows of a batch must stand together");
        } else if (counts.size() == MAX_BATCHES) {
            problems.add(file(), line, column(), "one import has at most " + MAX_BATCHES + " batches");
        }
    }

    void end() {
        if (currentCount > 0 && counts.size() < MAX_BATCHES) {
            counts.put(current, currentCount);
        }
        currentCount = 0;
    }

    long count(final String batchId) {
        return counts.getOrDefault(batchId, 0L);
    }

    private static String file() {
        return ImportFile.ALLOCATIONS.fileName();
    }

    private static String column() {
        return ImportFile.ALLOCATIONS.columns().get(0);
    }
}
