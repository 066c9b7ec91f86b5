package io.settlegate.protocol.client.visit;

/**
 * What 2001 asks. Prints the kind of visit only: the rest is personal.
 *
 * @param psnNo from 1101.
 * @param insuplcAdmdvs from 1101.
 * @param insutype the insurance that is to pay.
 * @param medType kind of visit.
 * @param begntimeMs the day that is asked about.
 * @param diseCodg the chronic disease of medType 14, else empty.
 */
public record EntitlementQuestion(
        String psnNo, String insuplcAdmdvs, String insutype, String medType, long begntimeMs, String diseCodg) {
    @Override
    public String toString() {
        return "EntitlementQuestion of med_type " + medType;
    }
}
