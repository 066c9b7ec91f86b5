package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.BenefitComputation;
import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.Verdict;

/**
 * Makes the accumulators of a person, year, and insurance what they were if a settlement had never been, as {@code docs/BENEFITS.md} §6
 * says under {@code recompute}: what it added and what each later one added is taken away, and each later one, the oldest first, is
 * computed again from its kept claim. The amounts that were answered stay.
 *
 * <p>The same way makes them what they are if a settlement that was undone stands again: it is computed in its place, and the later ones
 * after it.
 *
 * <p>Owned by the engine's thread; allocates nothing. {@link #collect} says whether it can be done; {@link #run} then cannot fail, because
 * each claim was computed under the same policy before and only accumulators differ, which are sums of what stands.
 */
final class Recomputation {
    /** The most later settlements of one person, year, and insurance. */
    static final int MOST = 2_000;

    /** The later ones and the one itself. */
    private static final int MOST_WITH_ITSELF = MOST + 1;

    private final EngineState state;
    private final BenefitComputation computation = new BenefitComputation(NoRecording.INSTANCE);
    private final Accumulators used = new Accumulators();
    private final Claim claim = new Claim();
    private final Shares shares = new Shares();
    private final Shares again = new Shares();
    private final int[] days = new int[MOST_WITH_ITSELF];
    private final int[] rows = new int[MOST_WITH_ITSELF];
    private int count;

    Recomputation(final EngineState state) {
        this.state = state;
    }

    /**
     * Collects the standing settlements after the one found last, newest first; false if there are too many, no room, or one was settled
     * under a policy that keeps no claims.
     */
    boolean collect() {
        return collectLater() && reserve(count);
    }

    /** The same with the one found last, which is undone and is to stand again. */
    boolean collectWithItself() {
        final SettlementDays settlements = state.settlements;
        final int day = settlements.businessDay();
        if (!state.claims.isKept(day, settlements.sequence()) || !collectLater()) {
            return false;
        }
        days[count] = day;
        rows[count] = settlements.row;
        return reserve(count + 1);
    }

    private boolean reserve(final int computedCount) {
        return state.settlements.reserveAgain(days, computedCount)
                && state.personYears.reserveDiseases(computedCount + 1);
    }

    private boolean collectLater() {
        final SettlementDays settlements = state.settlements;
        final FlatTable day = settlements.day;
        final int row = settlements.row;
        final long sequence = settlements.sequence();
        final PersonYears years = state.personYears;
        years.load(settlements.personRow(), settlements.year(), settlements.insutype(), used);
        int laterDay = years.newestDay;
        int laterRow = years.newestRow;
        count = 0;
        boolean fits = true;
        while (fits && settlements.at(laterDay, laterRow) && settlements.sequence() > sequence) {
            fits = settlements.isUndone() || (count < MOST && state.claims.isKept(laterDay, settlements.sequence()));
            if (!settlements.isUndone() && fits) {
                days[count] = laterDay;
                rows[count] = laterRow;
                count++;
            }
            laterDay = settlements.earlierDay();
            laterRow = settlements.earlierRow();
        }
        settlements.day = day;
        settlements.row = row;
        return fits;
    }

    /** Takes the undone settlement's shares away and computes the collected ones again. */
    void run(final int personRow, final int year, final int insutype, final Shares undone) {
        final PersonYears years = state.personYears;
        years.load(personRow, year, insutype, used);
        final int newestDay = years.newestDay;
        final int newestRow = years.newestRow;
        used.subtract(undone);
        takeLaterAway();
        computeLaterAgain(personRow, year, insutype);
        years.store(personRow, year, insutype, used, newestDay, newestRow);
    }

    /** Computes the one that was collected with the others in its place, and the others again. The newest settlement is found there from now on. */
    void runWithItself(
            final int personRow, final int year, final int insutype, final int newestDay, final int newestRow) {
        state.personYears.load(personRow, year, insutype, used);
        takeLaterAway();
        computeAgain(days[count], rows[count], personRow, year, insutype);
        computeLaterAgain(personRow, year, insutype);
        state.personYears.store(personRow, year, insutype, used, newestDay, newestRow);
    }

    private void takeLaterAway() {
        final SettlementDays settlements = state.settlements;
        final PersonYears years = state.personYears;
        for (int i = 0; i < count; i++) {
            settlements.at(days[i], rows[i]);
            settlements.read(shares);
            used.subtract(shares);
            final int disease = settlements.diseaseRow();
            if (disease >= 0 && shares.deltas[Accumulators.DISEASE_PAID] != 0) {
                years.addDisease(disease, -shares.deltas[Accumulators.DISEASE_PAID]);
            }
        }
    }

    private void computeLaterAgain(final int personRow, final int year, final int insutype) {
        for (int i = count - 1; i >= 0; i--) {
            computeAgain(days[i], rows[i], personRow, year, insutype);
        }
    }

    private void computeAgain(final int day, final int row, final int personRow, final int year, final int insutype) {
        final SettlementDays settlements = state.settlements;
        final PersonYears years = state.personYears;
        settlements.at(day, row);
        settlements.read(shares);
        final int visitRow = settlements.visitRow();
        final long sequence = settlements.sequence();
        final KeptClaims claims = state.claims;
        if (!claims.read(day, sequence, insutype, shares, claim)) {
            throw new IllegalStateException("a claim that was there is gone");
        }
        final int disease = years.findDisease(personRow, year, insutype, claims.diseaseCode, 0);
        used.slots[Accumulators.DISEASE_PAID] = disease < 0 ? 0 : years.diseasePaidFen(disease);
        final Verdict verdict = computation.compute(state.policyOf(settlements), claim, used, again);
        if (verdict != Verdict.OK) {
            throw new IllegalStateException("a claim that was settled cannot be computed again: " + verdict);
        }
        System.arraycopy(again.deltas, 0, shares.deltas, 0, Accumulators.COUNT);
        shares.writtenSlots = again.writtenSlots;
        shares.readSlots = again.readSlots;
        final long diseaseFen = again.deltas[Accumulators.DISEASE_PAID];
        final int diseaseRow =
                diseaseFen == 0 ? -1 : years.addDisease(personRow, year, insutype, claims.diseaseCode, 0, diseaseFen);
        used.add(again);
        settlements.putAgain(shares, visitRow, diseaseRow);
    }
}
