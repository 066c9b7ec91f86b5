package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;

/**
 * Who pays what: arithmetic alone, in the order of {@code docs/BENEFITS.md}. {@link #begin}, {@link #addLine} for each line,
 * {@link #finish}; then the fields hold the bill.
 *
 * <p>Owned by the engine's thread. Allocates nothing. Inputs are checked against {@code Limits} before.
 */
final class BenefitComputation {
    static final int CLASS_A = 1;
    static final int CLASS_B = 2;
    static final int CLASS_C = 3;

    final long[] lineOwnpayFen = new long[Limits.MAX_LINES];
    final long[] lineOverlmtFen = new long[Limits.MAX_LINES];
    final long[] linePreselfpayFen = new long[Limits.MAX_LINES];
    final long[] lineInscpFen = new long[Limits.MAX_LINES];
    int lineCount;
    long medfeeFen;
    long ownpayFen;
    long overlmtFen;
    long preselfpayFen;
    long inscpFen;
    long dedcFen;
    long hifpFen;
    long psnPartFen;
    long acctFen;
    long cashFen;

    void begin() {
        lineCount = 0;
        medfeeFen = 0;
        ownpayFen = 0;
        overlmtFen = 0;
        preselfpayFen = 0;
        inscpFen = 0;
    }

    /** Splits one line: price ceiling, then the item's class. A ceiling of 0 is none. */
    void addLine(
            final long amountFen,
            final long pricE6,
            final long cntE4,
            final int itemClass,
            final int selfpayE4,
            final long ceilingE6) {
        long ownpay = 0;
        long overlmt = 0;
        long preselfpay = 0;
        long inscp = 0;
        if (itemClass == CLASS_C) {
            ownpay = amountFen;
        } else {
            if (ceilingE6 > 0 && pricE6 > ceilingE6) {
                overlmt = amountFen - Rounding.lineAmountHalfUp(ceilingE6, cntE4);
            }
            final long rest = amountFen - overlmt;
            preselfpay = itemClass == CLASS_B ? Rounding.shareHalfUp(rest, selfpayE4) : 0;
            inscp = rest - preselfpay;
        }
        lineOwnpayFen[lineCount] = ownpay;
        lineOverlmtFen[lineCount] = overlmt;
        linePreselfpayFen[lineCount] = preselfpay;
        lineInscpFen[lineCount] = inscp;
        lineCount++;
        medfeeFen += amountFen;
        ownpayFen += ownpay;
        overlmtFen += overlmt;
        preselfpayFen += preselfpay;
        inscpFen += inscp;
    }

    /**
     * Deductible, ratio, cap, personal account, cash. Where the ratio is 0 the pooled fund has no part in this kind of visit
     * and the deductible is left alone.
     *
     * @param accountFen what the personal account may give; 0 where it is not to be used.
     */
    void finish(final long deductibleLeftFen, final int ratioE4, final long capLeftFen, final long accountFen) {
        dedcFen = ratioE4 == 0 ? 0 : Math.min(inscpFen, deductibleLeftFen);
        hifpFen = Math.min(Rounding.shareHalfUp(inscpFen - dedcFen, ratioE4), capLeftFen);
        psnPartFen = medfeeFen - hifpFen;
        acctFen = Math.min(psnPartFen, accountFen);
        cashFen = psnPartFen - acctFen;
        if (medfeeFen != ownpayFen + overlmtFen + preselfpayFen + inscpFen
                || cashFen < 0
                || acctFen < 0
                || hifpFen < 0) {
            throw new IllegalStateException("the bill does not add up");
        }
    }
}
