package io.settlegate.gateway.settlement;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A person as the engine's tables have them at a moment, in clear: whoever shows it masks it.
 *
 * <p>A value.
 *
 * @param isFrozen whether nothing may be settled for the person.
 * @param balanceFen of the personal account.
 * @param years what was used, one for each year and insurance of which anything was, the newest first.
 * @param diseases what the basic fund paid for single diseases.
 * @param entitlements all that were ever imported, also those not in force.
 * @param visits that are found at that moment: open ones, and discharged ones that have not expired.
 */
public record PersonStanding(
        String psnNo,
        String psnCertType,
        String certno,
        String psnName,
        String cardNo,
        String insutype,
        String psnType,
        String insuplcAdmdvs,
        String psnInsuStas,
        boolean isFrozen,
        long balanceFen,
        List<UsedYear> years,
        List<UsedDisease> diseases,
        List<HeldEntitlement> entitlements,
        List<OpenVisit> visits) {
    /**
     * What was used of an insurance in a year.
     *
     * @param accumulatorsFen by name, in the order of the slots; those that are 0 are left out.
     */
    public record UsedYear(int year, int insutype, Map<String, Long> accumulatorsFen) {}

    /** What the basic fund paid in a year for a disease. */
    public record UsedDisease(int year, int insutype, String diseCodg, long paidFen) {}

    /**
     * Something that the person is entitled to.
     *
     * @param kind as the schema names it.
     * @param begnDay first day.
     * @param endDay first day after; null where there is none.
     * @param isInForce on the day of the moment.
     */
    public record HeldEntitlement(String kind, String code, LocalDate begnDay, LocalDate endDay, boolean isInForce) {}

    /**
     * A visit or stay with what was uploaded for it.
     *
     * @param kind OUTPATIENT or STAY.
     * @param isDischarged of a stay.
     * @param endtimeMs of a discharged stay, else 0.
     * @param lineCount lines that were uploaded.
     * @param unsettledCount those of them that no settlement has settled.
     * @param settlementCount settlements of it that stand.
     */
    public record OpenVisit(
            String mdtrtId,
            String kind,
            boolean isDischarged,
            String fixmedinsCode,
            String institutionName,
            String insutype,
            String medType,
            String diseCodg,
            long begntimeMs,
            long endtimeMs,
            int lineCount,
            int unsettledCount,
            long unsettledFen,
            int settlementCount,
            long dedcUsedFen) {}
}
