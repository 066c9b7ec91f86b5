package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.Money;

/** Whether the numbers of a claim are such that the computation cannot leave a long. Stateless; allocates nothing. */
final class ClaimCheck {
    private static final int MOST_AGE = 150;

    private ClaimCheck() {}

    static Verdict check(final Claim claim, final Accumulators used) {
        if (claim.medfeeFen <= 0
                || isOutside(claim.medfeeFen, Money.MAX_BILL_FEN)
                || isOutside(claim.ownpayFen, Money.MAX_BILL_FEN)
                || isOutside(claim.overlmtFen, Money.MAX_BILL_FEN)
                || isOutside(claim.preselfpayFen, Money.MAX_BILL_FEN)
                || isOutside(claim.inscpFen, Money.MAX_BILL_FEN)
                || isOutside(claim.essentialInscpFen, Money.MAX_BILL_FEN)
                || isOutside(claim.balanceFen, Money.MAX_ACCUMULATED_FEN)
                || isOutside(claim.mutualAidFen, Money.MAX_ACCUMULATED_FEN)
                || isOutside(claim.earlierDeductibleFen, Money.MAX_ACCUMULATED_FEN)
                || isOutside(claim.earlierBaseFen, Money.MAX_ACCUMULATED_FEN)) {
            return Verdict.AMOUNT_OUT_OF_RANGE;
        }
        if (claim.medfeeFen != claim.ownpayFen + claim.overlmtFen + claim.preselfpayFen + claim.inscpFen
                || claim.essentialInscpFen > claim.inscpFen) {
            return Verdict.SUM_WRONG;
        }
        if (claim.age < 0 || claim.age > MOST_AGE || claim.stayNumber < 1 || isOutside(used)) {
            return Verdict.FACTS_OUT_OF_RANGE;
        }
        return Verdict.OK;
    }

    private static boolean isOutside(final long value, final long most) {
        return value < 0 || value > most;
    }

    private static boolean isOutside(final Accumulators used) {
        long signs = 0;
        for (final long slot : used.slots) {
            signs |= slot | (Money.MAX_ACCUMULATED_FEN - slot);
        }
        return signs < 0;
    }
}
