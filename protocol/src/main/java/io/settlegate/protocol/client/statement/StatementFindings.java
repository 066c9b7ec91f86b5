package io.settlegate.protocol.client.statement;

import java.util.List;

/**
 * A page of what 3202 found.
 *
 * @param asOfSequence    every record up to this one was compared.
 * @param differenceCount of the whole statement.
 * @param nextAfterRow    what the next page comes after; -1 where there is none.
 */
public record StatementFindings(
        long asOfSequence, int differenceCount, int nextAfterRow, List<StatementFinding> findings) {
    public StatementFindings {
        findings = List.copyOf(findings);
    }

    /** True if there is more. */
    public boolean hasNext() {
        return nextAfterRow >= 0;
    }
}
