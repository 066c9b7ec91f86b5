package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.policy.CancelRule;
import io.settlegate.protocol.codec.RecordState;
import org.agrona.MutableDirectBuffer;

/**
 * Takes back what a settlement did: balance, accumulators, and every posting. One way for reversals (2601) and cancels (2103, 2208,
 * 2305); they differ in how they find the settlement and in what its msgid's state becomes.
 *
 * <p>Owned by the engine's thread. After {@link #reserve} said yes, {@link #commit} cannot throw.
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
        isRecomputed = cancelRule() == CancelRule.RECOMPUTE && original.writtenSlots != 0 && recomputation.collect();
        return postings.reserve() && state.personYears.reserve() && state.dayTotals.reserve(state.lastTimeMs);
    }

    /** Whether later settlements are computed again, so that nothing stands on this one afterwards. */
    boolean isRecomputed() {
        return isRecomputed;
    }

    /** What the policy says under which the settlement was made. */
    private CancelRule cancelRule() {
        final SettlementDays settlements = state.settlements;
        final int region = settlements.regionRow();
        return state.policyShelf
                .version(
                        state.regions.buffer(region),
                        state.regions.offset(region) + Rows.REGION_POOLAREA,
                        settlements.policyVersion())
                .switches()
                .cancelRule();
    }

    /** Row of the visit whose lines the settlement settled, or -1. */
    int visitRow() {
        return visitRow;
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

    /** @param becomes state of the settlement's msgid from now on. */
    void commit(final RecordState becomes) {
        final SettlementDays settlements = settlement();
        settlements.read(original);
        final int diseaseRow = settlements.diseaseRow();
        takeFromVisit(settlements.sequence());
        settlements.putUndone();
        final FlatTable msgids = state.msgids.find(settlements.msgidDay());
        if (msgids != null) {
            msgids.beginWrite(settlements.msgidRow());
            msgids.putByte(settlements.msgidRow(), Rows.MSGID_STATE, (byte) becomes.value());
            msgids.endWrite(settlements.msgidRow());
        }
        Persons.addBalance(state.persons, settlements.personRow(), original.ownAccountFen);
        postings.post(settlements.regionRow(), settlements.insutype(), settlements.institutionRow(), original, -1);
        state.dayTotals.undo(state.lastTimeMs, settlements, visitRow, original);
        takeBack(settlements.personRow(), settlements.year(), settlements.insutype(), diseaseRow);
    }

    /** The lines of a visit are unsettled again, and its deductible is as it was. */
    private void takeFromVisit(final long sequence) {
        if (visitRow >= 0) {
            state.visits.lines.unsettle(visitRow, sequence);
            state.visits.unsettle(visitRow, sequence, original.actPayDedcFen, original.baseFen);
        }
    }

    private void takeBack(final int personRow, final int year, final int insutype, final int diseaseRow) {
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
