package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import org.agrona.DirectBuffer;

/**
 * Counts the entitlements among the staged rows that will be new, each person's by themselves. Lives for one commit; memory is
 * bounded by the staged rows.
 */
final class StagedEntitlements {
    /** The most entitlements of one person, over all kinds and periods, those that are over among them. */
    static final int MOST_OF_PERSON = 250;

    private final FlatTable persons;
    private final EntitlementRows rows;
    private final FlatTable counts;
    private int newRowCount;

    StagedEntitlements(final EngineState state) {
        persons = state.persons;
        rows = new EntitlementRows(state);
        final int most = state.staged.rowCount(ImportKind.ENTITLEMENTS);
        counts = new FlatTable(TableId.SCRATCH, Rows.PERSON_KEY, Rows.PERSON_KEY + Integer.BYTES, most, state.hash);
    }

    /** LIMIT if the person would have too many. */
    ActReason add(final DirectBuffer buffer, final int row) {
        if (rows.find(buffer, row) >= 0) {
            return ActReason.NONE;
        }
        newRowCount++;
        int entry = counts.find(buffer, row);
        if (entry < 0) {
            counts.reserve(1);
            entry = counts.insert(buffer, row, Rows.PERSON_KEY);
            final int person = persons.find(buffer, row);
            counts.putInt(entry, Rows.PERSON_KEY, person < 0 ? 0 : rows.count(person));
        }
        final int total = counts.getInt(entry, Rows.PERSON_KEY) + 1;
        counts.putInt(entry, Rows.PERSON_KEY, total);
        return total <= MOST_OF_PERSON ? ActReason.NONE : ActReason.LIMIT;
    }

    int newRowCount() {
        return newRowCount;
    }
}
