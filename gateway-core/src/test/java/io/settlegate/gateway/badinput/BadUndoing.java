package io.settlegate.gateway.badinput;

import io.settlegate.gateway.Patient;
import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.OutpatientRequests;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** Reversals and cancels of what is not there, not theirs, or undone. */
final class BadUndoing {
    private static final String BATCH = "B1";
    private static final int UNITS = 4;

    private BadUndoing() {}

    static void addTo(final BadInputs table) {
        table.part("undoing");
        table.gets(
                ResultCode.NOT_REVERSIBLE,
                "2601 of a transaction that cannot be reversed (1101)",
                After.BOUND,
                scene -> reverse(scene, RoughCity.GOOD_PERSON, scene.nextMsgid(), "1101"));
        table.gets(
                ResultCode.REVERSAL_MISMATCH, "2601 with another person than the settlement's", After.BOUND, scene -> {
                    final String settled = settle(scene).msgid;
                    return reverse(scene, RoughCity.OTHER_PERSON, settled, "2102");
                });
        table.gets(
                ResultCode.SETL_UNKNOWN,
                "2103 of a setlId that nobody was given",
                After.BOUND,
                scene -> cancel(scene, RoughCity.GOOD_PERSON, "320300202601010000000000099999"));
        table.gets(
                ResultCode.REVERSAL_MISMATCH,
                "2103 with another person than the settlement's",
                After.BOUND,
                scene -> cancel(scene, RoughCity.OTHER_PERSON, settle(scene).setlId));
        table.gets(ResultCode.ALREADY_UNDONE, "2103 of a settlement that was reversed", After.BOUND, scene -> {
            final Settled settled = settle(scene);
            final byte[] reversal = scene.signer()
                    .reverse(
                            scene.nextMsgid(),
                            SmallCity.COUNTY,
                            SmallCity.psnNo(RoughCity.GOOD_PERSON),
                            settled.msgid,
                            "2102")
                    .frame();
            scene.send(reversal);
            scene.mark();
            return cancel(scene, RoughCity.GOOD_PERSON, settled.setlId);
        });
        ofCancels(table);
        ofAdmissions(table);
    }

    private static void ofCancels(final BadInputs table) {
        table.gets(ResultCode.NOT_REVERSIBLE, "2601 of 2601", After.BOUND, scene -> {
            final String settled = settle(scene).msgid;
            final String reversal = scene.nextMsgid();
            reverse(scene, reversal, RoughCity.GOOD_PERSON, settled, "2102");
            scene.mark();
            return reverse(scene, RoughCity.GOOD_PERSON, reversal, "2601");
        });
        table.gets(
                ResultCode.REVERSAL_MISMATCH,
                "2601 of 2103 with another person than the cancel's",
                After.BOUND,
                scene -> {
                    final String cancel = cancelled(scene);
                    return reverse(scene, RoughCity.OTHER_PERSON, cancel, "2103");
                });
        table.gets(ResultCode.REVERSAL_MISMATCH, "2601 of 2103 whose oinfno says 2208", After.BOUND, scene -> {
            final String cancel = cancelled(scene);
            return reverse(scene, RoughCity.GOOD_PERSON, cancel, "2208");
        });
        table.gets(
                ResultCode.BUILT_UPON,
                "2601 of 2208 after the lines of the cancelled settlement were taken back (2205)",
                After.BOUND,
                scene -> {
                    final HospitalDesk desk = new HospitalDesk(scene, RoughCity.VISITOR)
                            .visit(Patient.OUTPATIENT)
                            .upload(BATCH, UNITS)
                            .settle(UNITS);
                    final VisitKey visit = desk.patient.key(desk.mdtrtId());
                    final OutpatientRequests requests = scene.hospital().outpatient();
                    final String cancel = desk.msgid();
                    desk.send(requests.cancel(cancel, visit, desk.setlId()));
                    desk.send(requests.takeBackLines(desk.msgid(), visit, BATCH));
                    scene.mark();
                    return desk.send(scene.hospital()
                            .reverse(desk.msgid(), SmallCity.COUNTY, desk.patient.psnNo(), cancel, "2208"));
                });
    }

    private static void ofAdmissions(final BadInputs table) {
        table.gets(ResultCode.VISIT_STATE, "2601 of 2401 of a stay that is discharged", After.BOUND, scene -> {
            final HospitalDesk desk = new HospitalDesk(scene, RoughCity.VISITOR);
            final String admission = desk.msgid();
            desk.stay(admission).discharge();
            scene.mark();
            return desk.send(
                    scene.hospital().reverse(desk.msgid(), SmallCity.COUNTY, desk.patient.psnNo(), admission, "2401"));
        });
    }

    /** The msgid of a cancel that stands. */
    private static String cancelled(final Scene scene) throws IOException {
        final Settled settled = settle(scene);
        final String msgid = scene.nextMsgid();
        scene.send(scene.signer()
                .cancel(msgid, SmallCity.COUNTY, SmallCity.psnNo(RoughCity.GOOD_PERSON), settled.setlId)
                .frame());
        scene.mark();
        return msgid;
    }

    private record Settled(String msgid, String setlId) {}

    /** A settlement under a msgid of its own, which stands. */
    private static Settled settle(final Scene scene) throws IOException {
        final String msgid = scene.nextMsgid();
        final Got got = scene.send(scene.signer().settle(msgid, scene.good()).frame());
        scene.mark();
        return new Settled(
                msgid,
                new PharmacySettleOutcomeDecoder()
                        .wrapAndApplyHeader(new UnsafeBuffer(got.outcome()), 0, new MessageHeaderDecoder())
                        .setlId());
    }

    private static Got reverse(final Scene scene, final int person, final String omsgid, final String oinfno)
            throws IOException {
        return reverse(scene, scene.msgid, person, omsgid, oinfno);
    }

    private static Got reverse(
            final Scene scene, final String msgid, final int person, final String omsgid, final String oinfno)
            throws IOException {
        return scene.send(scene.signer()
                .reverse(msgid, SmallCity.COUNTY, SmallCity.psnNo(person), omsgid, oinfno)
                .frame());
    }

    private static Got cancel(final Scene scene, final int person, final String setlId) throws IOException {
        return scene.send(scene.signer()
                .cancel(scene.msgid, SmallCity.COUNTY, SmallCity.psnNo(person), setlId)
                .frame());
    }
}
