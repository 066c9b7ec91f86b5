package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;

/**
 * Whether later settlements stand on one, as {@code docs/BENEFITS.md} §6 says: of the same person, year, and insurance, not undone, and
 * reading what it wrote.
 *
 * <p>Owned by the engine's thread. Goes back from the newest settlement to the one in question; changes nothing that is hashed.
 */
final class LaterSettlements {
    private final EngineState state;
    private final Shares later = new Shares();
    private final Accumulators used = new Accumulators();

    LaterSettlements(final EngineState state) {
        this.state = state;
    }

    /**
     * Asks for the settlement that {@link SettlementDays} found last, and leaves it found.
     *
     * @param visitRow   the visit whose lines it settled, or -1.
     * @param of         what it gave.
     * @param diseaseRow of what was paid for its disease, or -1.
     */
    boolean standOn(final int visitRow, final Shares of, final int diseaseRow) {
        final SettlementDays settlements = state.settlements;
        if (visitRow >= 0 && isVisitSettledAfter(visitRow, settlements.sequence())) {
            return true;
        }
        if (of.writtenSlots == 0) {
            return false;
        }
        final FlatTable day = settlements.day;
        final int row = settlements.row;
        final boolean stand = search(of.writtenSlots, diseaseRow);
        settlements.day = day;
        settlements.row = row;
        return stand;
    }

    /** A later settlement of the same visit or stay went on where this one left its deductible and its segments. */
    private boolean isVisitSettledAfter(final int visitRow, final long sequence) {
        final FeeLines lines = state.visits.lines;
        for (int line = lines.first(visitRow); line >= 0; line = lines.next(line)) {
            if (lines.settledBy(line) > sequence) {
                return true;
            }
        }
        return false;
    }

    /** From the newest back to the one in question, or, where that is not on the way while it is undone, to its place. */
    private boolean search(final int writtenSlots, final int diseaseRow) {
        final SettlementDays settlements = state.settlements;
        final long sequence = settlements.sequence();
        final PersonYears years = state.personYears;
        years.load(settlements.personRow(), settlements.year(), settlements.insutype(), used);
        int laterDay = years.newestDay;
        int laterRow = years.newestRow;
        while (settlements.at(laterDay, laterRow) && settlements.sequence() > sequence) {
            if (!settlements.isUndone() && readsAny(writtenSlots, diseaseRow)) {
                return true;
            }
            laterDay = settlements.earlierDay();
            laterRow = settlements.earlierRow();
        }
        return false;
    }

    /** What was paid for a disease counts only among settlements of that disease. */
    private boolean readsAny(final int writtenSlots, final int diseaseRow) {
        final int diseaseSlot = 1 << Accumulators.DISEASE_PAID;
        final SettlementDays settlements = state.settlements;
        if ((settlements.readSlots() & writtenSlots & ~diseaseSlot) != 0) {
            return true;
        }
        // Where nothing stands paid for the disease, nobody went on from it.
        if (diseaseRow < 0 || (settlements.readSlots() & writtenSlots & diseaseSlot) == 0) {
            return false;
        }
        settlements.read(later);
        return settlements.diseaseRow() == diseaseRow;
    }
}
