package io.settlegate.gateway.operations;

import java.util.List;

/** What came of reading an import: the rows written, or the first faults and how many there were. */
public record ImportReport(long rowCount, long problemCount, List<ImportProblem> problems) {
    public boolean isGood() {
        return problemCount == 0;
    }
}
