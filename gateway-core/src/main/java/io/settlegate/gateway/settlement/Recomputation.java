package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.BenefitComputation;
import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.Verdict;
import io.settlegate.gateway.benefits.policy.Policy;

/**
 * Makes the accumulators of a person, year, and insurance what they were if a settlement had never been, as {@code docs/BENEFITS.md} §6
 * says under {@code recompute}: what it added and what each later one added is taken away, and each later one, the oldest first, is
 * computed again from its kept claim. The amounts that were answered stay.
 *
 * <p>Owned by the engine's thread; allocates nothing. {@link #collect} says whether it can be done; {@link #run} then cannot fail, because
 * each claim was computed under the same policy before and only accumulators differ, which are sums of what stands.
 */
final class Recomputation {
    /** The most later settlements of one person, year, and insurance. */
    static final int MOST = 2_000;

    private final EngineState state;
    private final BenefitComputation computation = new BenefitComputation(NoRecording.INSTANCE);
    private final Accumulators used = new Accumulators();
    private final Claim claim = new Claim();
    private final Shares shares = new Shares();
    private final Shares again = new Shares();
    private final int[] days = new int[MOST];
    private final int[] rows = new int[MOST];
    private int count;

    Recomputation(final EngineState state) {
        this.state = state;
    }

    /**
     * Collects the standing settlements after the one found last, newest first; false if there are too many, no room, or one was settled
     * under a policy that keeps no claims.
     */
    boolean collect() {
        final SettlementDays settlements = state.settlements;
        final FlatTable day = settlements.day;
        final int row = settlements.row;
        final PersonYears years = state.personYears;
        years.load(settlements.personRow(), settlements.year(), settlements.insutype(), used);
        int laterDay = years.newestDay;
        int laterRow = years.newestRow;
        count = 0;
        boolean fits = true;
        while (fits && settlements.at(laterDay, laterRow) && !(settlements.day == day && settlements.row == row)) {
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
        return fits && state.settlements.reserveAgain(days, count);
    }

    /** Takes the undone settlement's shares away and computes the collected ones again. */
    void run(final int personRow, final int year, final int insutype, final Shares undone) {
        final PersonYears years = state.personYears;
        years.load(personRow, year, insutype, used);
        final int newestDay = years.newestDay;
        final int newestRow = years.newestRow;
        used.subtract(undone);
        final SettlementDays settlements = state.settlements;
        for (int i = 0; i < count; i++) {
            settlements.at(days[i], rows[i]);
            settlements.read(shares);
            used.subtract(shares);
            final int disease = settlements.diseaseRow();
            if (disease >= 0 && shares.deltas[Accumulators.DISEASE_PAID] != 0) {
                years.addDisease(disease, -shares.deltas[Accumulators.DISEASE_PAID]);
            }
        }
        for (int i = count - 1; i >= 0; i--) {
            computeAgain(days[i], rows[i], personRow, year, insutype);
        }
        years.store(personRow, year, insutype, used, newestDay, newestRow);
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
        final Verdict verdict = computation.compute(policy(), claim, used, again);
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

    private Policy policy() {
        final SettlementDays settlements = state.settlements;
        final int region = settlements.regionRow();
        return state.policyShelf.version(
                state.regions.buffer(region),
                state.regions.offset(region) + Rows.REGION_POOLAREA,
                settlements.policyVersion());
    }
}
