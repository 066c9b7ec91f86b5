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

    /** Asks for the settlement that was taken in hand, which {@link SettlementDays} found last; leaves it found. */
    boolean standOn(final Undo undo) {
        final SettlementDays settlements = state.settlements;
        if (undo.visitRow() >= 0 && isVisitSettledAfter(undo.visitRow(), settlements.sequence())) {
            return true;
        }
        final int writtenSlots = undo.original.writtenSlots;
        if (writtenSlots == 0) {
            return false;
        }
        final FlatTable day = settlements.day;
        final int row = settlements.row;
        final boolean stand = search(writtenSlots, day, row);
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

    private boolean search(final int writtenSlots, final FlatTable day, final int row) {
        final SettlementDays settlements = state.settlements;
        final Shares shares = later;
        settlements.read(shares);
        final int diseaseRow = settlements.diseaseRow();
        final PersonYears years = state.personYears;
        years.load(settlements.personRow(), settlements.year(), settlements.insutype(), used);
        int laterDay = years.newestDay;
        int laterRow = years.newestRow;
        while (settlements.at(laterDay, laterRow) && !(settlements.day == day && settlements.row == row)) {
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
        if ((settlements.readSlots() & writtenSlots & diseaseSlot) == 0) {
            return false;
        }
        settlements.read(later);
        return settlements.diseaseRow() == diseaseRow;
    }
}
