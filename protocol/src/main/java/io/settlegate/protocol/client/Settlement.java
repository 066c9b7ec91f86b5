package io.settlegate.protocol.client;

import java.util.List;

/**
 * What a terminal asks 2102 to settle. Fields are named as in the national interface.
 *
 * @param psnNo from 1101.
 * @param insuplcAdmdvs from 1101.
 * @param mdtrtCertType 02: identity number.
 * @param mdtrtCertNo the certificate's number.
 * @param begntimeMs when the purchase or visit was made.
 * @param medType 41 pharmacy, 11 ordinary outpatient.
 * @param useAccount whether the personal account may pay.
 * @param lines at least one.
 */
public record Settlement(
        String psnNo,
        String insuplcAdmdvs,
        String mdtrtCertType,
        String mdtrtCertNo,
        long begntimeMs,
        String insutype,
        String medType,
        AccountUse useAccount,
        String invono,
        String diseCodg,
        List<Line> lines) {

    /** acct_used_flag. */
    public enum AccountUse {
        NOT_USED,
        USED
    }

    public Settlement {
        lines = List.copyOf(lines);
    }

    /** medfee_sumamt: the sum of the lines. */
    public long medfeeSumamtFen() {
        long sum = 0;
        for (final Line line : lines) {
            sum = Math.addExact(sum, line.detItemFeeSumamtFen);
        }
        return sum;
    }

    /**
     * One fee line.
     *
     * @param feedetlSn unique in the request.
     * @param medListCodg national item code.
     * @param detItemFeeSumamtFen pric times cnt, rounded half up to fen.
     * @param cntE4 quantity in 1/10000.
     * @param pricE6 unit price in micro-yuan.
     * @param rxno prescription number, or empty.
     */
    public record Line(
            String feedetlSn, String medListCodg, long detItemFeeSumamtFen, long cntE4, long pricE6, String rxno) {}
}
