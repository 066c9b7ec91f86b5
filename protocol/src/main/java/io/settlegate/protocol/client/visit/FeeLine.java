package io.settlegate.protocol.client.visit;

/**
 * One entry of feedetail.
 *
 * @param feedetlSn unique in the visit.
 * @param rxno prescription number where the item needs one, else empty.
 * @param feeOcurTimeMs when the fee arose; picks class, first share, and price ceiling.
 * @param medListCodg national item code.
 * @param detItemFeeSumamtFen pric times cnt, rounded half up to fen.
 * @param cntE4 quantity in 1/10000.
 * @param pricE6 unit price in micro-yuan.
 * @param bilgDrCodg code of the doctor, or empty.
 */
public record FeeLine(
        String feedetlSn,
        String rxno,
        long feeOcurTimeMs,
        String medListCodg,
        long detItemFeeSumamtFen,
        long cntE4,
        long pricE6,
        String bilgDrCodg) {}
