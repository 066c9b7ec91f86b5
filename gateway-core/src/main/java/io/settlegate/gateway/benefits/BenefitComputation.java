package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.DeductibleKind;
import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.FundSum;
import io.settlegate.gateway.benefits.policy.Money;
import io.settlegate.gateway.benefits.policy.MutualAid;
import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.PlanDefinition;
import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.Ratio;
import io.settlegate.gateway.benefits.policy.Scheme;
import io.settlegate.gateway.benefits.policy.SchemeBase;
import io.settlegate.gateway.benefits.policy.SegmentSpan;
import io.settlegate.gateway.benefits.policy.Tiers;

/**
 * Who pays what, in the order of {@code docs/BENEFITS.md}: basic fund, schemes (大额, 大病, supplements, 救助), account, cash. A function
 * of its arguments; the fields are working values that the next call overwrites.
 *
 * <p>Owned by one thread. Allocates nothing, blocks on nothing. What cannot be computed is a {@link Verdict}, and then nothing
 * is changed; an exception is a defect of this class.
 */
public final class BenefitComputation {
    private static final Fund[] FUNDS = Fund.values();

    private final StepRecorder recorder;
    private Policy policy;
    private Plan plan;
    private Claim claim;
    private Accumulators used;
    private Shares shares;
    private Tiers tiers;
    private int agePointsE4;
    private int factorE4;
    /** What no fund has paid as yet of the in-policy amount, without what the hospital bears of it. */
    private long leftFen;
    /** The same of the first share of class 乙. */
    private long leftFirstShareFen;

    private long overCapFen;

    public BenefitComputation(final StepRecorder recorder) {
        this.recorder = recorder;
    }

    /** Computes a claim into the shares. Does not change the accumulators: {@link Accumulators#add} does. */
    public Verdict compute(final Policy policy, final Claim claim, final Accumulators used, final Shares shares) {
        shares.clear();
        final Verdict form = ClaimCheck.check(claim, used);
        if (form != Verdict.OK) {
            return form;
        }
        final Plan found = policy.plan(claim.insutype, claim.psnType, claim.medType);
        if (found == null) {
            return Verdict.NO_PLAN;
        }
        if (found.needsQualification() && !claim.isQualified) {
            return Verdict.NOT_QUALIFIED;
        }
        this.policy = policy;
        this.plan = found;
        this.claim = claim;
        this.used = used;
        this.shares = shares;
        recorder.onPlan(policy, found, claim);
        takeLines();
        final PlanDefinition.Disease disease = plan.disease(claim.diseaseCode);
        final long baseFen = claim.inscpFen - takeHospitalPart(disease);
        takeBasicFund(baseFen, disease);
        for (final Fund fund : FUNDS) {
            takeScheme(fund);
        }
        takePersonPart();
        tellAccumulators();
        checkSums();
        return Verdict.OK;
    }

    private void takeLines() {
        shares.policyVersion = policy.version();
        shares.medfeeSumamtFen = claim.medfeeFen;
        shares.fulamtOwnpayFen = claim.ownpayFen;
        shares.overlmtSelfpayFen = claim.overlmtFen;
        shares.preselfpayFen = claim.preselfpayFen;
        shares.inscpScpFen = claim.inscpFen;
    }

    /** What the hospital bears; gives the part of it that is in policy. */
    private long takeHospitalPart(final PlanDefinition.Disease disease) {
        final int shareE4 = plan.hospitalCeilingShareE4();
        final long ofCeilingsFen = Rounding.hospitalShareHalfUp(claim.overlmtFen, shareE4);
        if (ofCeilingsFen > 0) {
            step(
                    Step.HOSPITAL_CEILING,
                    claim.overlmtFen,
                    (long) shareE4 * Ratio.ONE_E4,
                    Money.UNLIMITED_FEN,
                    ofCeilingsFen);
        }
        long aboveQuotaFen = 0;
        if (disease != null && claim.isByQuota && claim.inscpFen > disease.quotaFen()) {
            aboveQuotaFen = claim.inscpFen - disease.quotaFen();
            step(Step.HOSPITAL_QUOTA, claim.inscpFen, 0, disease.quotaFen(), aboveQuotaFen);
        }
        shares.hospPartFen = ofCeilingsFen + aboveQuotaFen;
        return aboveQuotaFen;
    }

    private void takeBasicFund(final long baseFen, final PlanDefinition.Disease disease) {
        tiers = plan.tiers(claim.level);
        factorE4 = policy.outOfAreaE4(claim.outOfArea);
        agePointsE4 = plan.agePointsE4(claim.age);
        leftFen = baseFen;
        leftFirstShareFen = claim.preselfpayFen;
        overCapFen = 0;
        if (factorE4 == 0 || tiers.isZero()) {
            return;
        }
        shares.actPayDedcFen = deductibleFen(baseFen);
        final long payableFen = baseFen - shares.actPayDedcFen;
        shares.baseFen = payableFen;
        final long positionFen = positionFen();
        final long productE8 = productE8(positionFen, payableFen);
        shares.poolPropSelfpayE4 = payableFen > 0
                ? Rounding.shownRatioHalfUp(productE8, payableFen)
                : Rounding.shownRatioHalfUp(ratioE8(tiers.at(positionFen)), 1);
        final long uncappedFen = Rounding.basicFundHalfUp(productE8);
        step(Step.BASIC_ROUNDED, payableFen, 0, Money.UNLIMITED_FEN, uncappedFen);
        shares.hifpPayFen = capped(uncappedFen, positionFen, payableFen, disease);
        leftFen -= shares.hifpPayFen;
        write(Accumulators.base(plan.pool()), payableFen);
        write(Accumulators.paid(plan.pool()), shares.hifpPayFen);
    }

    private long deductibleFen(final long baseFen) {
        final long exemptFen = plan.areEssentialDrugsExempt() ? Math.min(claim.essentialInscpFen, baseFen) : 0;
        if (exemptFen > 0) {
            step(Step.ESSENTIAL_DRUGS, baseFen, 0, Money.UNLIMITED_FEN, exemptFen);
        }
        final DeductibleKind kind = plan.deductibleKind();
        if (kind == DeductibleKind.NONE) {
            return 0;
        }
        final int slot = Accumulators.deductible(plan.pool());
        final long goneFen = kind == DeductibleKind.ANNUAL ? read(slot) : claim.earlierDeductibleFen;
        final long restFen = Math.max(0, plan.deductibleFen(claim.level, claim.stayNumber) - goneFen);
        final long takenFen = Math.min(baseFen - exemptFen, restFen);
        step(Step.DEDUCTIBLE, baseFen - exemptFen, 0, restFen, takenFen);
        if (kind == DeductibleKind.ANNUAL) {
            write(slot, takenFen);
        }
        return takenFen;
    }

    /** Where in the segments this bill begins. */
    private long positionFen() {
        if (plan.segmentSpan() == SegmentSpan.VISIT) {
            return claim.earlierBaseFen;
        }
        return tiers.dependsOnPosition() ? read(Accumulators.base(plan.pool())) : 0;
    }

    private long ratioE8(final int index) {
        final int ratioE4 = tiers.ratioE4(index);
        return ratioE4 == 0 ? 0 : (long) (ratioE4 + agePointsE4) * factorE4;
    }

    private long productE8(final long positionFen, final long amountFen) {
        long productE8 = 0;
        for (int i = 0; i < tiers.count(); i++) {
            final long overlapFen = tiers.overlapFen(i, positionFen, amountFen);
            if (overlapFen > 0) {
                productE8 += overlapFen * ratioE8(i);
                recorder.onStep(Step.BASIC_SEGMENT, null, i, overlapFen, ratioE8(i), Money.UNLIMITED_FEN, 0);
            }
        }
        return productE8;
    }

    private long capped(
            final long uncappedFen,
            final long positionFen,
            final long payableFen,
            final PlanDefinition.Disease disease) {
        long paidFen = uncappedFen;
        final long capFen = capFen(plan.cap());
        if (capFen != Money.UNLIMITED_FEN) {
            final long restFen = Math.max(0, capFen - read(Accumulators.paid(plan.pool())));
            paidFen = Math.min(uncappedFen, restFen);
            step(Step.BASIC_CAP, uncappedFen, 0, restFen, paidFen);
            if (uncappedFen > restFen && plan.takesOverCap()) {
                overCapFen = payableFen - coveredFen(positionFen, payableFen, restFen);
                step(Step.OVER_CAP, payableFen, 0, restFen, overCapFen);
            }
        }
        if (disease != null) {
            final long diseaseCapFen = capFen(disease.cap());
            if (diseaseCapFen != Money.UNLIMITED_FEN) {
                final long restFen = Math.max(0, diseaseCapFen - read(Accumulators.DISEASE_PAID));
                step(Step.DISEASE_CAP, paidFen, 0, restFen, Math.min(paidFen, restFen));
                paidFen = Math.min(paidFen, restFen);
            }
            write(Accumulators.DISEASE_PAID, paidFen);
        }
        return paidFen;
    }

    private long capFen(final PlanDefinition.Cap cap) {
        return claim.hasFamilyDoctor ? cap.withFamilyDoctorFen() : cap.fen();
    }

    /** How much of the amount, from its beginning, the rest of the cap covers. */
    private long coveredFen(final long positionFen, final long payableFen, final long capRestFen) {
        long restE8 = Math.multiplyExact(capRestFen, Ratio.ONE_E8);
        long coveredFen = 0;
        for (int i = 0; i < tiers.count(); i++) {
            final long overlapFen = tiers.overlapFen(i, positionFen, payableFen);
            final long productE8 = overlapFen * ratioE8(i);
            if (productE8 > restE8) {
                return coveredFen + Rounding.coveredBaseUp(restE8, ratioE8(i));
            }
            restE8 -= productE8;
            coveredFen += overlapFen;
        }
        return coveredFen;
    }

    private void takeScheme(final Fund fund) {
        final Scheme scheme = plan.scheme(fund);
        if (scheme == null
                || (fund == Fund.CVLSERV && !claim.isCivilServant)
                || (fund == Fund.HIFES && !claim.hasSupplement)) {
            return;
        }
        final Tiers schemeTiers = scheme.tiers(claim.aid);
        if (schemeTiers == null) {
            return;
        }
        final long seenFen = seenFen(scheme.base());
        final int baseSlot = Accumulators.base(fund);
        final long positionFen = schemeTiers.dependsOnPosition() ? read(baseSlot) : 0;
        long productE4 = 0;
        for (int i = 0; i < schemeTiers.count(); i++) {
            final long overlapFen = schemeTiers.overlapFen(i, positionFen, seenFen);
            if (overlapFen > 0) {
                final int ratioE4 = schemeTiers.ratioE4(i);
                productE4 += overlapFen * ratioE4;
                recorder.onStep(
                        Step.SCHEME_TIER, fund, i, overlapFen, (long) ratioE4 * Ratio.ONE_E4, Money.UNLIMITED_FEN, 0);
            }
        }
        long paidFen = Rounding.schemeHalfUp(productE4);
        recorder.onStep(Step.SCHEME_ROUNDED, fund, 0, seenFen, 0, Money.UNLIMITED_FEN, paidFen);
        final long capFen = scheme.annualCapFen(claim.aid);
        if (capFen != Money.UNLIMITED_FEN) {
            final long restFen = Math.max(0, capFen - read(Accumulators.paid(fund)));
            recorder.onStep(Step.SCHEME_CAP, fund, 0, paidFen, 0, restFen, Math.min(paidFen, restFen));
            paidFen = Math.min(paidFen, restFen);
        }
        write(baseSlot, seenFen);
        write(Accumulators.paid(fund), paidFen);
        final long fromInPolicyFen = Math.min(paidFen, leftFen);
        leftFen -= fromInPolicyFen;
        leftFirstShareFen -= paidFen - fromInPolicyFen;
        give(fund, paidFen);
    }

    private long seenFen(final SchemeBase base) {
        return switch (base) {
            case IN_POLICY -> leftFen;
            case WITH_PRESELFPAY -> leftFen + leftFirstShareFen;
            case OVER_CAP -> overCapFen;
        };
    }

    private void give(final Fund fund, final long amountFen) {
        switch (fund) {
            case HIFOB -> shares.hifobPayFen = amountFen;
            case HIFMI -> shares.hifmiPayFen = amountFen;
            case CVLSERV -> shares.cvlservPayFen = amountFen;
            case HIFES -> shares.hifesPayFen = amountFen;
            case OTH -> shares.othPayFen = amountFen;
            case MAF -> shares.mafPayFen = amountFen;
        }
    }

    private void takePersonPart() {
        final long fundsFen = fundsFen();
        shares.psnPartFen = claim.medfeeFen - fundsFen - shares.hospPartFen;
        step(Step.PERSON_PART, claim.medfeeFen, 0, Money.UNLIMITED_FEN, shares.psnPartFen);
        if (claim.isAccountUsed) {
            takeAccounts();
        }
        shares.psnCashPayFen = shares.psnPartFen - shares.ownAccountFen - shares.acctMulaidPayFen;
        step(Step.CASH, shares.psnPartFen, 0, Money.UNLIMITED_FEN, shares.psnCashPayFen);
        shares.balcFen = claim.balanceFen - shares.ownAccountFen;
        shares.acctPayFen = policy.switches().mutualAid() == MutualAid.IN_ACCOUNT
                ? shares.ownAccountFen + shares.acctMulaidPayFen
                : shares.ownAccountFen;
        shares.fundPaySumamtFen =
                policy.switches().fundSum() == FundSum.WITH_ACCOUNT ? fundsFen + shares.acctPayFen : fundsFen;
    }

    private void takeAccounts() {
        final long mayPayFen =
                switch (plan.account()) {
                    case NONE -> 0;
                    case IN_POLICY -> leftFen;
                    case CATALOGUE -> leftFen + leftFirstShareFen;
                    case EVERYTHING -> shares.psnPartFen;
                };
        shares.ownAccountFen = Math.min(claim.balanceFen, mayPayFen);
        step(Step.ACCOUNT, mayPayFen, 0, claim.balanceFen, shares.ownAccountFen);
        final long restFen = mayPayFen - shares.ownAccountFen;
        shares.acctMulaidPayFen = Math.min(claim.mutualAidFen, restFen);
        if (claim.mutualAidFen > 0) {
            step(Step.MUTUAL_AID, restFen, 0, claim.mutualAidFen, shares.acctMulaidPayFen);
        }
    }

    private long fundsFen() {
        return shares.hifpPayFen
                + shares.cvlservPayFen
                + shares.hifesPayFen
                + shares.hifmiPayFen
                + shares.hifobPayFen
                + shares.mafPayFen
                + shares.othPayFen;
    }

    private long read(final int slot) {
        shares.readSlots |= 1 << slot;
        return used.slots[slot];
    }

    private void write(final int slot, final long addedFen) {
        if (addedFen != 0) {
            shares.deltas[slot] = addedFen;
            shares.writtenSlots |= 1 << slot;
        }
    }

    private void step(
            final Step step, final long baseFen, final long ratioE8, final long limitFen, final long amountFen) {
        recorder.onStep(step, null, 0, baseFen, ratioE8, limitFen, amountFen);
    }

    private void tellAccumulators() {
        for (int written = shares.writtenSlots; written != 0; written &= written - 1) {
            final int slot = Integer.numberOfTrailingZeros(written);
            recorder.onAccumulator(slot, used.slots[slot], used.slots[slot] + shares.deltas[slot]);
        }
    }

    /** What the identities rest on. A failure is a defect, and is better found here than in a ledger. */
    private void checkSums() {
        if (leftFen < 0
                || leftFirstShareFen < 0
                || overCapFen < 0
                || shares.hifpPayFen < 0
                || shares.psnPartFen < leftFen + leftFirstShareFen
                || shares.psnCashPayFen < 0
                || shares.balcFen < 0) {
            throw new IllegalStateException("the bill does not add up");
        }
    }
}
