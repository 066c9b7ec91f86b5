package io.settlegate.gateway.badinput;

import io.settlegate.gateway.Patient;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.OutpatientRequests;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import java.io.IOException;

/** Visits and stays that are not there, not theirs, not so far, or settled otherwise than they were told; from a hospital. */
final class BadVisits {
    private static final String NOBODYS_VISIT = "320300202601010000000000099999";
    private static final String BATCH = "B1";
    private static final int UNITS = 4;
    /** 1,000 yuan: more than an active worker's annual deductible of outpatient visits. */
    private static final int UNITS_OVER_DEDUCTIBLE = 80;

    private BadVisits() {}

    static void addTo(final BadInputs table) {
        table.part("visits");
        entitlement(table);
        naming(table);
        states(table);
        lines(table);
        table.gets(
                ResultCode.LATER_SETTLEMENTS,
                "2208 of a settlement that used the annual deductible on which a later one stands",
                After.BOUND,
                BadVisits::cancelUnderLater);
    }

    private static void entitlement(final BadInputs table) {
        table.gets(ResultCode.WAITING_PERIOD, "2201 in the person's waiting period", After.BOUND, scene -> {
            final HospitalDesk desk = new HospitalDesk(scene, RoughCity.WAITING_PERSON);
            return desk.send(outpatient(desk).register(desk.msgid(), desk.patient.registration()));
        });
        table.gets(
                ResultCode.NOT_QUALIFIED,
                "2207 of a chronic disease (medType 14) for which the policy asks for a qualification, without one",
                After.BOUND,
                scene -> {
                    final HospitalDesk desk = new HospitalDesk(scene, RoughCity.UNQUALIFIED_PERSON)
                            .visit(Patient.CHRONIC)
                            .upload(BATCH, UNITS);
                    return desk.send(desk.settlement(Patient.CHRONIC, BATCH, HospitalDesk.split(UNITS)));
                });
    }

    private static void naming(final BadInputs table) {
        table.gets(ResultCode.VISIT_UNKNOWN, "2203 of an mdtrtId that nobody was given", After.BOUND, scene -> {
            final HospitalDesk desk = new HospitalDesk(scene, RoughCity.VISITOR);
            return desk.send(
                    outpatient(desk).describe(desk.msgid(), desk.patient.details(NOBODYS_VISIT, Patient.OUTPATIENT)));
        });
        table.gets(ResultCode.VISIT_MISMATCH, "2301 with the mdtrtId of an outpatient visit", After.BOUND, scene -> {
            final HospitalDesk desk = visitor(scene);
            return desk.send(scene.hospital().inpatient().uploadLines(desk.msgid(), desk.lines(BATCH, UNITS)));
        });
        table.gets(ResultCode.VISIT_MISMATCH, "2203 of another person's visit", After.BOUND, scene -> {
            final String mdtrtId = visitor(scene).mdtrtId();
            final HospitalDesk other = new HospitalDesk(scene, RoughCity.SPENDER);
            return other.send(
                    outpatient(other).describe(other.msgid(), other.patient.details(mdtrtId, Patient.OUTPATIENT)));
        });
        table.gets(ResultCode.VISIT_MISMATCH, "2207 with another medType than 2203 told", After.BOUND, scene -> {
            final HospitalDesk desk = visitor(scene).upload(BATCH, UNITS);
            return desk.send(desk.settlement(Patient.CHRONIC, BATCH, HospitalDesk.split(UNITS)));
        });
    }

    private static void states(final BadInputs table) {
        table.gets(
                ResultCode.VISIT_STATE,
                "2304 with midSetlFlag 0 of a stay that is not discharged",
                After.BOUND,
                scene -> {
                    final HospitalDesk desk =
                            new HospitalDesk(scene, RoughCity.INPATIENT).stay().uploadToStay(BATCH, UNITS);
                    return desk.send(desk.staySettlement(HospitalDesk.split(UNITS), Flag.NO));
                });
        table.gets(ResultCode.VISIT_STATE, "2301 after the discharge", After.BOUND, scene -> {
            final HospitalDesk desk =
                    new HospitalDesk(scene, RoughCity.VISITOR).stay().discharge();
            return desk.send(scene.hospital().inpatient().uploadLines(desk.msgid(), desk.lines(BATCH, UNITS)));
        });
        table.gets(ResultCode.STAY_OPEN, "2401 of a person who is in a stay", After.BOUND, scene -> {
            final HospitalDesk desk = new HospitalDesk(scene, RoughCity.OTHER_INPATIENT).stay();
            return desk.send(scene.hospital().inpatient().admit(desk.msgid(), desk.patient.admission()));
        });
    }

    private static void lines(final BadInputs table) {
        table.gets(ResultCode.NO_UNSETTLED_LINES, "2207 of a batch that has no lines", After.BOUND, scene -> {
            final HospitalDesk desk = visitor(scene).upload(BATCH, UNITS);
            return desk.send(desk.settlement(Patient.OUTPATIENT, "B2", HospitalDesk.split(UNITS)));
        });
        table.gets(ResultCode.NO_UNSETTLED_LINES, "2207 once more under a new msgid", After.BOUND, scene -> {
            final HospitalDesk desk = visitor(scene).upload(BATCH, UNITS).settle(UNITS);
            return desk.send(desk.settlement(Patient.OUTPATIENT, FeeLines.EVERY_BATCH, HospitalDesk.split(UNITS)));
        });
        table.gets(ResultCode.NO_UNSETTLED_LINES, "2205 of a visit without lines", After.BOUND, scene -> {
            final HospitalDesk desk = visitor(scene);
            return desk.send(outpatient(desk)
                    .takeBackLines(desk.msgid(), desk.patient.key(desk.mdtrtId()), FeeLines.EVERY_BATCH));
        });
        table.gets(
                ResultCode.SPLIT_WRONG,
                "2207 with a fen of inscpScpAmtFen counted as preselfpayAmtFen",
                After.BOUND,
                scene -> {
                    final HospitalDesk desk = visitor(scene).upload(BATCH, UNITS);
                    final FeeSplit right = HospitalDesk.split(UNITS);
                    final FeeSplit wrong = right.plus(new FeeSplit(0, 0, 0, 1, -1));
                    return desk.send(desk.settlement(Patient.OUTPATIENT, BATCH, wrong));
                });
    }

    private static Got cancelUnderLater(final Scene scene) throws IOException {
        final HospitalDesk first = spender(scene);
        spender(scene);
        return first.send(outpatient(first).cancel(first.msgid(), first.patient.key(first.mdtrtId()), first.setlId()));
    }

    private static HospitalDesk spender(final Scene scene) throws IOException {
        return new HospitalDesk(scene, RoughCity.SPENDER)
                .visit(Patient.OUTPATIENT)
                .upload(BATCH, UNITS_OVER_DEDUCTIBLE)
                .settle(UNITS_OVER_DEDUCTIBLE);
    }

    private static HospitalDesk visitor(final Scene scene) throws IOException {
        return new HospitalDesk(scene, RoughCity.VISITOR).visit(Patient.OUTPATIENT);
    }

    private static OutpatientRequests outpatient(final HospitalDesk desk) {
        return desk.scene.hospital().outpatient();
    }
}
