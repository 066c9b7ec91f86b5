package io.settlegate.gateway.badinput;

import io.settlegate.gateway.Patient;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.RegistrationOutcomeDecoder;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The hospital's side of a row: one patient, and a visit or stay that is opened and carried on up to where the row's own input is
 * wrong. What comes before that input must succeed, or the row would show something else.
 */
final class HospitalDesk {
    final Scene scene;
    final Patient patient;
    private String mdtrtId = "";
    private String setlId = "";

    HospitalDesk(final Scene scene, final int person) {
        this.scene = scene;
        this.patient = new Patient(person, RoughCity.insuplc(person), System.currentTimeMillis());
    }

    String mdtrtId() {
        return mdtrtId;
    }

    String setlId() {
        return setlId;
    }

    /** A visit of a kind, with no lines. */
    HospitalDesk visit(final String medType) throws IOException {
        mdtrtId = visitOf(must(scene.hospital().outpatient().register(msgid(), patient.registration())));
        must(scene.hospital().outpatient().describe(msgid(), patient.details(mdtrtId, medType)));
        return this;
    }

    /** A stay, with no lines. */
    HospitalDesk stay() throws IOException {
        return stay(msgid());
    }

    /** The same by an admission under this msgid. */
    HospitalDesk stay(final String admission) throws IOException {
        mdtrtId = visitOf(must(scene.hospital().inpatient().admit(admission, patient.admission())));
        return this;
    }

    HospitalDesk discharge() throws IOException {
        must(scene.hospital().inpatient().discharge(msgid(), patient.discharge(mdtrtId)));
        return this;
    }

    /** Uploads a batch of one line to the visit. */
    HospitalDesk upload(final String batch, final int units) throws IOException {
        must(scene.hospital().outpatient().uploadLines(msgid(), lines(batch, units)));
        return this;
    }

    /** Uploads a batch of one line to the stay. */
    HospitalDesk uploadToStay(final String batch, final int units) throws IOException {
        must(scene.hospital().inpatient().uploadLines(msgid(), lines(batch, units)));
        return this;
    }

    /** Settles all lines of the visit, and marks what everybody has now. */
    HospitalDesk settle(final int units) throws IOException {
        final Got got = must(settlement(Patient.OUTPATIENT, FeeLines.EVERY_BATCH, split(units)));
        setlId = new OutpatientSettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(got.outcome()), 0, new MessageHeaderDecoder())
                .setlId();
        scene.mark();
        return this;
    }

    /** The row's own input. */
    Got send(final SignedRequest request) throws IOException {
        return scene.sendFromHospital(request.frame());
    }

    String msgid() {
        return scene.nextHospitalMsgid();
    }

    /** 2204 or 2301 of one line, which no two batches share. */
    FeeLines lines(final String batch, final int units) {
        return new FeeLines(patient.key(mdtrtId), batch, List.of(patient.line("L-" + batch, Scene.ITEM, units)));
    }

    /** 2207. */
    SignedRequest settlement(final String medType, final String batch, final FeeSplit split) {
        return scene.hospital().outpatient().settle(msgid(), patient.settlement(mdtrtId, medType, batch, split));
    }

    /** 2304. */
    SignedRequest staySettlement(final FeeSplit split, final Flag midSetlFlag) {
        return scene.hospital()
                .inpatient()
                .settle(msgid(), patient.settlement(mdtrtId, FeeLines.EVERY_BATCH, split, midSetlFlag));
    }

    /** The item is of the first class and has no ceiling, so the policy looks at all of it. */
    static FeeSplit split(final int units) {
        final long amountFen = Math.multiplyExact(Scene.PRICE_FEN, units);
        return new FeeSplit(amountFen, 0, 0, 0, amountFen);
    }

    private Got must(final SignedRequest request) throws IOException {
        final Got got = send(request);
        if (got.code() != ResultCode.OK) {
            throw new AssertionError("what comes before the row's input got " + got.code());
        }
        return got;
    }

    /** The answers to 2201 and 2401 have the same fields. */
    private static String visitOf(final Got got) {
        return new RegistrationOutcomeDecoder()
                .wrap(
                        new UnsafeBuffer(got.outcome()),
                        MessageHeaderDecoder.ENCODED_LENGTH,
                        RegistrationOutcomeDecoder.BLOCK_LENGTH,
                        RegistrationOutcomeDecoder.SCHEMA_VERSION)
                .mdtrtId();
    }
}
