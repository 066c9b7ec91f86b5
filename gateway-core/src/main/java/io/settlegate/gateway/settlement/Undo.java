package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.policy.CancelRule;
import io.settlegate.protocol.codec.RecordState;
import org.agrona.MutableDirectBuffer;

/**
 * Takes back what a settlement did: balance, accumulators, and every posting. One way for reversals (2601) and cancels (2103, 2208,
 * 2305); they differ in how they find the settlement, in what its msgid's state becomes, and in that a cancel may itself be reversed
 * ({@link Redo}).
 *
 * <p>Owned by the engine's thread. After {@link #reserve} said yes, neither {@link #commitCancel} nor {@link #commitReversal} can throw.
 */
final class Undo {
    /** What the settlement gave. */
    final Shares original = new Shares();

    private final EngineState state;
    private final Postings postings;
    private final Accumulators used = new Accumulators();
    private final Recomputation recomputation;
    private FlatTable day;
    private int row;
    private int visitRow;
    private int diseaseRow;
    private boolean isRecomputed;

    Undo(final EngineState state) {
        this.state = state;
        this.postings = new Postings(state);
        this.recomputation = new Recomputation(state);
    }

    /**
     * Takes the settlement in hand that {@link SettlementDays} found last.
     *
     * @return false if there is no room to undo it.
     */
    boolean reserve() {
        final SettlementDays settlements = state.settlements;
        day = settlements.day;
        row = settlements.row;
        settlements.read(original);
        visitRow = settlements.visitRow();
        diseaseRow = settlements.diseaseRow();
        isRecomputed = state.policyOf(settlements).switches().cancelRule() == CancelRule.RECOMPUTE
                && original.writtenSlots != 0
                && recomputation.collect();
        return postings.reserve() && state.personYears.reserve() && state.dayTotals.reserve(state.lastTimeMs);
    }

    /** Whether later settlements are computed again, so that nothing stands on this one afterwards. */
    boolean isRecomputed() {
        return isRecomputed;
    }

    /** Row of the visit whose lines the settlement settled, or -1. */
    int visitRow() {
        return visitRow;
    }

    /** Row of what was paid for the settlement's disease, or -1. */
    int diseaseRow() {
        return diseaseRow;
    }

    /** The personal account as it is after the undoing. */
    long balanceAfterFen() {
        return state.persons.getLong(settlement().personRow(), Rows.PERSON_BALANCE) + original.ownAccountFen;
    }

    /** Writes the msgid of the settlement; zeroes if its day has passed the horizon. */
    void putMsgid(final MutableDirectBuffer target, final int offset) {
        final SettlementDays settlements = settlement();
        final FlatTable msgids = state.msgids.find(settlements.msgidDay());
        if (msgids != null) {
            final int msgid = settlements.msgidRow();
            target.putBytes(offset, msgids.buffer(msgid), msgids.offset(msgid), Rows.MSGID_KEY);
        }
    }

    /** Undoes it by a cancel, which may be reversed; the settlement's msgid becomes CANCELLED. */
    void commitCancel(final Request request) {
        final boolean isReversible = state.rules >= EngineRules.REVERSED_CANCELS;
        if (isReversible) {
            keepCancel(request);
        }
        commit(RecordState.CANCELLED, isReversible);
    }

    /** Undoes it by a reversal, for good; the settlement's msgid becomes REVERSED. */
    void commitReversal() {
        commit(RecordState.REVERSED, false);
    }

    /** What {@link Redo} needs and would not find afterwards. */
    private void keepCancel(final Request request) {
        final SettlementDays settlements = settlement();
        final Cancels cancels = state.cancels;
        cancels.keep(request, settlements);
        if (visitRow >= 0) {
            cancels.keepVisit(state.visits, visitRow, settlements.sequence());
        }
        if (diseaseRow >= 0 && original.deltas[Accumulators.DISEASE_PAID] != 0) {
            cancels.keepDisease(state.personYears, diseaseRow);
        }
        cancels.kept();
    }

    private void commit(final RecordState becomes, final boolean isForNow) {
        final SettlementDays settlements = settlement();
        settlements.read(original);
        takeFromVisit(settlements.sequence(), isForNow);
        settlements.putUndone();
        state.putMsgidState(settlements.msgidDay(), settlements.msgidRow(), becomes);
        Persons.addBalance(state.persons, settlements.personRow(), original.ownAccountFen);
        postings.post(settlements.regionRow(), settlements.insutype(), settlements.institutionRow(), original, -1);
        state.dayTotals.undo(state.lastTimeMs, settlements, visitRow, original);
        takeBack(settlements.personRow(), settlements.year(), settlements.insutype());
    }

    /** The lines of a visit are unsettled again, and its deductible is as it was. */
    private void takeFromVisit(final long sequence, final boolean isForNow) {
        if (visitRow >= 0) {
            if (isForNow) {
                state.visits.lines.unsettleForNow(visitRow, sequence);
            } else {
                state.visits.lines.unsettle(visitRow, sequence);
            }
            state.visits.unsettle(visitRow, sequence, original.actPayDedcFen, original.baseFen);
        }
    }

    private void takeBack(final int personRow, final int year, final int insutype) {
        final PersonYears years = state.personYears;
        if (diseaseRow >= 0 && original.deltas[Accumulators.DISEASE_PAID] != 0) {
            years.addDisease(diseaseRow, -original.deltas[Accumulators.DISEASE_PAID]);
        }
        if (isRecomputed) {
            recomputation.run(personRow, year, insutype, original);
        } else if (original.writtenSlots != 0) {
            years.load(personRow, year, insutype, used);
            used.subtract(original);
            years.store(personRow, year, insutype, used, years.newestDay, years.newestRow);
        }
    }

    private SettlementDays settlement() {
        state.settlements.day = day;
        state.settlements.row = row;
        return state.settlements;
    }
}
