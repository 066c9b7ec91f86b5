package io.settlegate.protocol.client.visit;

import java.util.List;

/**
 * What 2401 asks: opens a stay. Prints the department only: the rest is personal.
 *
 * @param psnNo from 1101.
 * @param insuplcAdmdvs from 1101.
 * @param mdtrtCertType 01 e-voucher token, 02 identity number, 03 social card number.
 * @param mdtrtCertNo the token, or the number.
 * @param insutype the insurance that is to pay.
 * @param medType kind of stay.
 * @param begntimeMs when the stay begins.
 * @param iptNo the institution's own number of the stay.
 * @param atddrNo code of the doctor, or empty.
 * @param admDeptCodg department.
 * @param diseCodg a disease with a quota, or empty.
 * @param diseinfo the diagnoses.
 */
public record Admission(
        String psnNo,
        String insuplcAdmdvs,
        String mdtrtCertType,
        String mdtrtCertNo,
        String insutype,
        String medType,
        long begntimeMs,
        String iptNo,
        String atddrNo,
        String admDeptCodg,
        String diseCodg,
        List<Diagnosis> diseinfo) {
    public Admission {
        diseinfo = List.copyOf(diseinfo);
    }

    @Override
    public String toString() {
        return "Admission to department " + admDeptCodg;
    }
}
