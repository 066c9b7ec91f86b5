package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.policy.CancelRule;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.RecordState;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a settlement stand again that was cancelled, with the amounts that were answered: the inverse of {@link Undo}. It goes only where
 * the books are then what they would be if the cancel had never been, so far as anybody has gone on from them: nobody has spent the
 * money, settled or removed the lines, or, where the policy does not compute again, used the accumulators.
 *
 * <p>Owned by the engine's thread. After {@link #take} said OK, {@link #commit} cannot throw.
 */
final class Redo {
    /** What the settlement gave. */
    final Shares original = new Shares();

    private final EngineState state;
    private final Postings postings;
    private final LaterSettlements later;
    private final Recomputation recomputation;
    private final Accumulators used = new Accumulators();
    private final UnsafeBuffer disease = new UnsafeBuffer(new byte[PersonYears.DISEASE_CODE_LENGTH]);
    private FlatTable day;
    private int row;
    private int visitRow;
    private boolean isRecomputed;
    private final int[] redoneDay = new int[1];

    Redo(final EngineState state) {
        this.state = state;
        this.postings = new Postings(state);
        this.later = new LaterSettlements(state);
        this.recomputation = new Recomputation(state);
    }

    /** Takes the undone settlement in hand that {@link SettlementDays} found last, and that the cancel found last in {@link Cancels} undid. */
    ResultCode take() {
        final SettlementDays settlements = state.settlements;
        day = settlements.day;
        row = settlements.row;
        settlements.read(original);
        visitRow = settlements.visitRow();
        state.cancels.copyDisease(disease);
        if (balanceAfterFen() < 0 || (visitRow >= 0 && !state.cancels.isVisitAsItWas(state.visits, visitRow))) {
            return ResultCode.BUILT_UPON;
        }
        isRecomputed = state.policyOf(settlements).switches().cancelRule() == CancelRule.RECOMPUTE
                && original.writtenSlots != 0
                && recomputation.collectWithItself();
        if (!isRecomputed && later.standOn(visitRow, original, diseaseRow())) {
            return ResultCode.BUILT_UPON;
        }
        return reserve() ? ResultCode.OK : ResultCode.CAPACITY;
    }

    private boolean reserve() {
        redoneDay[0] = settlement().businessDay();
        return postings.reserve()
                && state.personYears.reserve()
                && state.dayTotals.reserve(state.lastTimeMs)
                && state.settlements.reserveAgain(redoneDay, redoneDay.length);
    }

    /** The row of what is paid for the settlement's disease now; another than the settlement knew, or -1. */
    private int diseaseRow() {
        final SettlementDays settlements = settlement();
        return Fields.isZero(disease, 0, PersonYears.DISEASE_CODE_LENGTH)
                ? -1
                : state.personYears.findDisease(
                        settlements.personRow(), settlements.year(), settlements.insutype(), disease, 0);
    }

    /** The personal account as it is after the settlement stands again. */
    long balanceAfterFen() {
        return state.persons.getLong(settlement().personRow(), Rows.PERSON_BALANCE) - original.ownAccountFen;
    }

    void commit() {
        final SettlementDays settlements = settlement();
        final long sequence = settlements.sequence();
        if (visitRow >= 0) {
            state.visits.lines.settleAgain(visitRow, sequence);
            state.visits.settleAgain(visitRow, sequence, original.actPayDedcFen, original.baseFen);
        }
        settlements.putStanding();
        state.putMsgidState(settlements.msgidDay(), settlements.msgidRow(), RecordState.DONE);
        Persons.addBalance(state.persons, settlements.personRow(), -original.ownAccountFen);
        postings.post(settlements.regionRow(), settlements.insutype(), settlements.institutionRow(), original, 1);
        state.dayTotals.standAgain(state.lastTimeMs, settlements, visitRow, original);
        if (original.writtenSlots != 0) {
            use(settlements.personRow(), settlements.year(), settlements.insutype());
        }
    }

    private void use(final int personRow, final int year, final int insutype) {
        final PersonYears years = state.personYears;
        if (isRecomputed) {
            link(personRow, year, insutype);
            recomputation.runWithItself(personRow, year, insutype, years.newestDay, years.newestRow);
            return;
        }
        final long diseaseFen = original.deltas[Accumulators.DISEASE_PAID];
        if (diseaseFen != 0) {
            final int diseaseRow = years.addDisease(personRow, year, insutype, disease, 0, diseaseFen);
            settlement().putAgain(original, visitRow, diseaseRow);
        }
        link(personRow, year, insutype);
        used.add(original);
        years.store(personRow, year, insutype, used, years.newestDay, years.newestRow);
    }

    /**
     * Loads what was used, and puts the settlement into the way from the newest back, at its place: while it was undone, its person's row may
     * have gone with the last amount, and the way with it.
     */
    private void link(final int personRow, final int year, final int insutype) {
        final SettlementDays settlements = settlement();
        final PersonYears years = state.personYears;
        final long sequence = settlements.sequence();
        final int ownDay = settlements.businessDay();
        years.load(personRow, year, insutype, used);
        int laterDay = 0;
        int laterRow = 0;
        int earlierDay = years.newestDay;
        int earlierRow = years.newestRow;
        while (settlements.at(earlierDay, earlierRow) && settlements.sequence() > sequence) {
            laterDay = earlierDay;
            laterRow = earlierRow;
            earlierDay = settlements.earlierDay();
            earlierRow = settlements.earlierRow();
        }
        final boolean isEarlier = settlements.at(earlierDay, earlierRow);
        if (isEarlier && settlements.sequence() == sequence) {
            return;
        }
        if (isEarlier) {
            settlement().putEarlier(earlierDay, earlierRow);
        }
        if (laterDay == 0) {
            years.newestDay = ownDay;
            years.newestRow = row;
        } else {
            settlements.at(laterDay, laterRow);
            settlements.putEarlier(ownDay, row);
        }
    }

    private SettlementDays settlement() {
        state.settlements.day = day;
        state.settlements.row = row;
        return state.settlements;
    }
}
