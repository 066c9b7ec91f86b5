package io.settlegate.gateway.operations;

import java.util.ArrayList;
import java.util.List;

/** Collects faults, of which it keeps the first hundred and counts the rest. */
final class ProblemList {
    static final int LIMIT = 100;

    private final List<ImportProblem> problems = new ArrayList<>();
    private long count;

    void add(final String file, final long line, final String column, final String reason) {
        count++;
        if (problems.size() < LIMIT) {
            problems.add(new ImportProblem(file, line, column, reason));
        }
    }

    long count() {
        return count;
    }

    ImportReport report(final long rowCount) {
        return new ImportReport(rowCount, count, List.copyOf(problems));
    }
}
