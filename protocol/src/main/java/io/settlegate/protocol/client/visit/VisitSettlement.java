package io.settlegate.protocol.client.visit;

/**
 * What 2206, 2207, 2303, and 2304 ask. Prints the visit and the sum only: the rest is personal.
 *
 * @param mdtrtCertType 01 e-voucher token, 02 identity number, 03 social card number.
 * @param mdtrtCertNo the token, or the number.
 * @param medType that of 2203 or 2401.
 * @param insutype that of 2201 or 2401.
 * @param chrgBchno the batch, or {@link FeeLines#EVERY_BATCH}.
 * @param split the sum of the lines and its parts; of a presettlement {@link FeeSplit#untold} will do.
 * @param psnSetlway 01 by item, 02 by quota.
 * @param acctUsedFlag whether the personal account may pay.
 * @param invono number of the invoice, or empty.
 * @param endtimeMs of a stay the end of the settled part, which picks policy and year; of a visit 0.
 * @param midSetlFlag whether this settles a part of a stay that goes on.
 */
public record VisitSettlement(
        VisitKey visit,
        String mdtrtCertType,
        String mdtrtCertNo,
        String medType,
        String insutype,
        String chrgBchno,
        FeeSplit split,
        String psnSetlway,
        Flag acctUsedFlag,
        String invono,
        long endtimeMs,
        Flag midSetlFlag) {
    @Override
    public String toString() {
        return "VisitSettlement of " + visit + ", " + split.medfeeSumamtFen() + " fen";
    }
}
