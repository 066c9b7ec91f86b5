package io.settlegate.gateway;

import io.settlegate.protocol.client.visit.Admission;
import io.settlegate.protocol.client.visit.Diagnosis;
import io.settlegate.protocol.client.visit.Discharge;
import io.settlegate.protocol.client.visit.EntitlementQuestion;
import io.settlegate.protocol.client.visit.FeeLine;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.client.visit.Registration;
import io.settlegate.protocol.client.visit.VisitDetails;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.client.visit.VisitSettlement;
import java.util.List;

/**
 * What a hospital says of a person of the small city who is a worker: the values of its requests about one visit or stay.
 *
 * @param person        the city's number of the person.
 * @param insuplcAdmdvs where the person is insured.
 * @param beganMs       when the visit or stay began, which is also when each fee arose and when it ended.
 */
public record Patient(int person, String insuplcAdmdvs, long beganMs) {
    public static final String OUTPATIENT = "11";
    public static final String CHRONIC = "14";
    public static final String INPATIENT = "21";
    private static final String WORKER = "310";
    private static final String DISEASE = "M01600";
    private static final int UNIT_PRICE_FEN = 1_250;

    public String psnNo() {
        return SmallCity.psnNo(person);
    }

    public VisitKey key(final String mdtrtId) {
        return new VisitKey(psnNo(), insuplcAdmdvs, mdtrtId);
    }

    public EntitlementQuestion question(final String medType) {
        return new EntitlementQuestion(psnNo(), insuplcAdmdvs, WORKER, medType, beganMs, disease(medType));
    }

    public Registration registration() {
        return new Registration(
                psnNo(),
                insuplcAdmdvs,
                "02",
                SmallCity.certno(person),
                WORKER,
                beganMs,
                "OTP-" + person,
                "D1",
                "0300",
                "");
    }

    public VisitDetails details(final String mdtrtId, final String medType) {
        return new VisitDetails(key(mdtrtId), medType, beganMs, disease(medType), diagnoses());
    }

    public Admission admission() {
        return new Admission(
                psnNo(),
                insuplcAdmdvs,
                "02",
                SmallCity.certno(person),
                WORKER,
                INPATIENT,
                beganMs,
                "IPT-" + person,
                "D1",
                "0300",
                "",
                diagnoses());
    }

    public Discharge discharge(final String mdtrtId) {
        return new Discharge(key(mdtrtId), beganMs, "1", "", List.of());
    }

    /** So many units of an item, at one price. */
    public FeeLine line(final String feedetlSn, final String item, final int units) {
        return new FeeLine(
                feedetlSn,
                "",
                beganMs,
                item,
                Math.multiplyExact((long) UNIT_PRICE_FEN, units),
                units * 10_000L,
                UNIT_PRICE_FEN * 10_000L,
                "");
    }

    /** Of an outpatient visit. */
    public VisitSettlement settlement(
            final String mdtrtId, final String medType, final String batch, final FeeSplit split) {
        return settlement(mdtrtId, medType, batch, split, 0, Flag.NO);
    }

    /** Of a stay that is discharged, or in the middle of one that goes on. */
    public VisitSettlement settlement(
            final String mdtrtId, final String batch, final FeeSplit split, final Flag midSetlFlag) {
        return settlement(mdtrtId, INPATIENT, batch, split, beganMs, midSetlFlag);
    }

    private VisitSettlement settlement(
            final String mdtrtId,
            final String medType,
            final String batch,
            final FeeSplit split,
            final long endtimeMs,
            final Flag midSetlFlag) {
        return new VisitSettlement(
                key(mdtrtId),
                "02",
                SmallCity.certno(person),
                medType,
                WORKER,
                batch,
                split,
                "01",
                Flag.YES,
                "",
                endtimeMs,
                midSetlFlag);
    }

    private static String disease(final String medType) {
        return medType.equals(CHRONIC) ? DISEASE : "";
    }

    private List<Diagnosis> diagnoses() {
        return List.of(new Diagnosis("1", 1, "I10.x00", "0300", "D1", beganMs));
    }
}
