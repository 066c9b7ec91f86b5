package io.settlegate.protocol.client.visit;

/**
 * What 2201 asks: opens an outpatient visit. Prints the department only: the rest is personal.
 *
 * @param psnNo from 1101.
 * @param insuplcAdmdvs from 1101.
 * @param mdtrtCertType 01 e-voucher token, 02 identity number, 03 social card number.
 * @param mdtrtCertNo the token, or the number.
 * @param insutype the insurance that is to pay.
 * @param begntimeMs when the visit begins; picks policy and year.
 * @param iptOtpNo the institution's own number of the visit.
 * @param atddrNo code of the doctor, or empty.
 * @param deptCode department.
 * @param caty kind of department, or empty.
 */
public record Registration(
        String psnNo,
        String insuplcAdmdvs,
        String mdtrtCertType,
        String mdtrtCertNo,
        String insutype,
        long begntimeMs,
        String iptOtpNo,
        String atddrNo,
        String deptCode,
        String caty) {
    @Override
    public String toString() {
        return "Registration at department " + deptCode;
    }
}
