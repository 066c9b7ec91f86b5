package io.settlegate.gateway.clearing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the gateway knows of one inpatient settlement, in clear: whoever shows it masks it.
 *
 * @param mdtrtId of the stay.
 * @param admission of it.
 * @param settlement that the list is of.
 * @param person as the engine had them then.
 * @param institutionName as it was then.
 * @param lines that the settlement settled.
 */
record SettlementList(
        String mdtrtId,
        StayRecords.Admitted admission,
        StayRecords.Settled settlement,
        Person person,
        String institutionName,
        List<Line> lines) {

    /** Empty texts where the engine has no such person. */
    record Person(String psnName, String psnCertType, String certno) {}

    /**
     * A fee line.
     *
     * @param itemClass 1, 2, 3 for chrgitm_lv 01, 02, 03.
     */
    record Line(
            String feedetlSn,
            String medListCodg,
            String itemName,
            int itemClass,
            long cntE4,
            long pricE6,
            long amountFen,
            long ownpayFen,
            long overlmtFen,
            long preselfpayFen,
            long inscpFen) {}

    SettlementList {
        lines = List.copyOf(lines);
    }

    /** By kind of charge, those without a code last. */
    Collection<ChargeGroup> groups() {
        final Map<String, ChargeGroup> groups = new TreeMap<>();
        for (final Line line : lines) {
            final ChargeGroup group = ChargeGroup.of(line.medListCodg());
            groups.computeIfAbsent(group.code().isEmpty() ? "~" : group.code(), key -> group)
                    .add(line);
        }
        return groups.values();
    }

    /** The diagnoses of the discharge, or, where it has none, of the admission. */
    List<StayRecords.Diagnosis> diagnoses() {
        return settlement.discharge != null && !settlement.discharge.diagnoses().isEmpty()
                ? settlement.discharge.diagnoses()
                : admission.diagnoses();
    }

    /** The end of the stay, or of the part that was settled. */
    long endMs() {
        return settlement.discharge == null ? settlement.endtimeMs : settlement.discharge.endtimeMs();
    }

    /** Whether the lines add up to the settlement's bill and its four parts. */
    boolean linesAddUp() {
        long amountFen = 0;
        long ownpayFen = 0;
        long overlmtFen = 0;
        long preselfpayFen = 0;
        long inscpFen = 0;
        for (final Line line : lines) {
            amountFen += line.amountFen();
            ownpayFen += line.ownpayFen();
            overlmtFen += line.overlmtFen();
            preselfpayFen += line.preselfpayFen();
            inscpFen += line.inscpFen();
        }
        final MoneyRow money = settlement.money;
        return amountFen == money.fen(Amount.MEDFEE)
                && ownpayFen == money.fen(Amount.FULAMT_OWNPAY)
                && overlmtFen == money.fen(Amount.OVERLMT_SELFPAY)
                && preselfpayFen == money.fen(Amount.PRESELFPAY)
                && inscpFen == money.fen(Amount.INSCP_SCP);
    }

    /** Whether all that has to hold does. */
    boolean isSound() {
        boolean holds = linesAddUp();
        for (final RowLaw law : RowLaw.values()) {
            holds &= law.holds(settlement.money);
        }
        return holds;
    }

    /** Self-financed: outside the catalogue and above the ceiling. */
    long psnOwnpayFen() {
        return settlement.money.fen(Amount.FULAMT_OWNPAY) + settlement.money.fen(Amount.OVERLMT_SELFPAY);
    }

    /** The rest of the person's part. */
    long psnSelfpayFen() {
        return settlement.money.fen(Amount.PSN_PART) - psnOwnpayFen();
    }
}
