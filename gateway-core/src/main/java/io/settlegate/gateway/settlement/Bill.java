package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.BenefitComputation;
import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.gateway.benefits.Verdict;
import io.settlegate.gateway.benefits.policy.CancelRule;
import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;

/**
 * The bill under work: which policy covers it, what is known of the person, who pays what, and its booking. One way for one-shot,
 * outpatient, and inpatient settlements, and for what they would answer.
 *
 * <p>Order of calls: {@link #cover}, then the lines into {@link #claim}, {@link #compute}, {@link #commit}. Owned by the engine's thread;
 * allocates nothing.
 */
final class Bill {
    final Claim claim = new Claim();
    final Accumulators used = new Accumulators();
    final Shares shares = new Shares();
    int personRow;
    /** The mdtrt_cert_type of the settlement, 1 to 3; for its counting alone. */
    int credential;

    int year;
    Policy policy;

    private final EngineState state;
    private final PersonFacts facts;
    private final BenefitComputation computation;
    private final Postings postings;
    private int newestDay;
    private int newestRow;
    /** What touched memory held, which nobody reads. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    Bill(final EngineState state, final StepRecorder recorder) {
        this.state = state;
        this.facts = new PersonFacts(state);
        this.computation = new BenefitComputation(recorder);
        this.postings = new Postings(state);
    }

    /**
     * Finds the policy of the person's place of insurance on the business day of {@code atMs}, and the person's facts on it.
     *
     * @param codes    holds med_type at {@code medType}, six characters, and dise_codg at {@code diseCodg}, thirty.
     * @return OK, or NO_POLICY.
     */
    ResultCode cover(
            final Request request,
            final int ofPerson,
            final DirectBuffer codes,
            final int medType,
            final int diseCodg,
            final long atMs) {
        personRow = ofPerson;
        year = BusinessTime.yearOf(atMs);
        final int day = BusinessTime.dayOf(atMs);
        policy = state.policyShelf.on(
                state.regions.buffer(request.regionRow),
                state.regions.offset(request.regionRow) + Rows.REGION_POOLAREA,
                day);
        claim.clearLines();
        claim.stayNumber = 1;
        claim.earlierDeductibleFen = 0;
        claim.earlierBaseFen = 0;
        claim.isByQuota = false;
        facts.fill(claim, request, personRow, codes, medType, diseCodg, day);
        touched += state.personYears.expect(personRow, year, claim.insutype);
        return plan() == null ? ResultCode.NO_POLICY : ResultCode.OK;
    }

    /** Some time after {@link #cover}, before {@link #compute}: asks for the memory of what the person has used. */
    void askForYear() {
        touched += state.personYears.expectRow();
    }

    /** The plan that covers the visit, or null. */
    Plan plan() {
        return policy == null ? null : policy.plan(claim.insutype, claim.psnType, claim.medType);
    }

    /** OK, or NOT_QUALIFIED where the plan asks for a qualification that the person has not. */
    ResultCode checkQualification() {
        return plan().needsQualification() && !claim.isQualified ? ResultCode.NOT_QUALIFIED : ResultCode.OK;
    }

    /** Computes the shares of the claim, whose lines were added, and reserves room for booking them. Changes nothing that is hashed. */
    ResultCode compute(final Request request) {
        final PersonYears years = state.personYears;
        years.load(personRow, year, claim.insutype, used);
        newestDay = years.newestDay;
        newestRow = years.newestRow;
        final int disease = claim.diseaseCode.length() == 0
                ? -1
                : years.findDisease(personRow, year, claim.insutype, facts.diseaseCode, 0);
        used.slots[Accumulators.DISEASE_PAID] = disease < 0 ? 0 : years.diseasePaidFen(disease);
        claim.balanceFen = state.persons.getLong(personRow, Rows.PERSON_BALANCE);
        claim.mutualAidFen = 0;
        final ResultCode code = codeOf(computation.compute(policy, claim, used, shares));
        if (code != ResultCode.OK) {
            return code;
        }
        return postings.reserve()
                        && years.reserve()
                        && state.settlements.reserve(request.timeMs)
                        && state.claims.reserve(request.timeMs)
                        && state.dayTotals.reserve(request.timeMs)
                ? ResultCode.OK
                : ResultCode.CAPACITY;
    }

    private static ResultCode codeOf(final Verdict verdict) {
        return switch (verdict) {
            case OK -> ResultCode.OK;
            case NO_PLAN -> ResultCode.NO_POLICY;
            case NOT_QUALIFIED -> ResultCode.NOT_QUALIFIED;
            case LINE_AMOUNT_WRONG -> ResultCode.LINE_AMOUNT_WRONG;
            case SUM_WRONG -> ResultCode.SUM_WRONG;
            case AMOUNT_OUT_OF_RANGE, FACTS_OUT_OF_RANGE -> ResultCode.AMOUNT_OUT_OF_RANGE;
        };
    }

    /**
     * Books the shares and keeps what undoing them needs. Cannot throw.
     *
     * @param visitRow the visit whose lines they settle, or -1.
     */
    void commit(final Request request, final int visitRow) {
        final PersonYears years = state.personYears;
        final long diseaseFen = shares.deltas[Accumulators.DISEASE_PAID];
        final boolean isCapped = (shares.readSlots & 1 << Accumulators.DISEASE_PAID) != 0;
        // One that got nothing because the disease's cap was reached stands on those that reached it.
        final int diseaseRow = diseaseFen == 0
                ? isCapped ? years.findDisease(personRow, year, claim.insutype, facts.diseaseCode, 0) : -1
                : years.addDisease(personRow, year, claim.insutype, facts.diseaseCode, 0, diseaseFen);
        final SettlementDays settlements = state.settlements;
        settlements.put(request, request.msgidDay, personRow, shares, claim.insutype, year, visitRow, diseaseRow);
        if (policy.switches().cancelRule() == CancelRule.RECOMPUTE) {
            state.claims.put(request, claim, facts.diseaseCode);
        }
        if (shares.writtenSlots != 0) {
            settlements.putEarlier(newestDay, newestRow);
            used.add(shares);
            years.store(personRow, year, claim.insutype, used, settlements.businessDay(), settlements.row);
        }
        final FlatTable day = request.day;
        day.beginWrite(request.msgidRow);
        day.putByte(
                request.msgidRow, Rows.MSGID_SETTLED_DAYS, (byte) (settlements.businessDay() - settlements.msgidDay()));
        day.endWrite(request.msgidRow);
        Persons.addBalance(state.persons, personRow, -shares.ownAccountFen);
        postings.post(request.regionRow, claim.insutype, request.institutionRow, shares, 1);
        state.dayTotals.settle(request, claim.insutype, visitRow, credential, shares);
    }
}
