package io.settlegate.gateway.settlement;

/**
 * A fee line of a visit as its upload split it.
 *
 * @param itemClass 1, 2, 3 for chrgitm_lv 01, 02, 03.
 * @param ceilingE6 the price ceiling; 0 is none.
 */
public record VisitLine(
        String feedetlSn,
        String medListCodg,
        int itemClass,
        long amountFen,
        long cntE4,
        long pricE6,
        long ceilingE6,
        int selfpayE4,
        long ownpayFen,
        long overlmtFen,
        long preselfpayFen,
        long inscpFen) {}
