package io.settlegate.protocol.client;

import io.settlegate.protocol.client.visit.Diagnosis;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.Registration;
import io.settlegate.protocol.client.visit.VisitDetails;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.client.visit.VisitSettlement;
import io.settlegate.protocol.codec.OutpatientCancelEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesEncoder;
import io.settlegate.protocol.codec.OutpatientPresettleEncoder;
import io.settlegate.protocol.codec.OutpatientSettleEncoder;
import io.settlegate.protocol.codec.RegistrationCancelEncoder;
import io.settlegate.protocol.codec.RegistrationEncoder;
import io.settlegate.protocol.codec.VisitEncoder;

/**
 * Encodes and signs what a hospital asks about outpatients, from the registration to the cancel of a settlement.
 *
 * <p>Safe for all threads; one request at a time, together with those of its {@link RequestSigner}. A text that is longer than its
 * field is an {@link IndexOutOfBoundsException}.
 */
public final class OutpatientRequests {
    private final RequestSigner signer;
    private final VisitRequests shared;
    private final RegistrationEncoder registration = new RegistrationEncoder();
    private final VisitEncoder visit = new VisitEncoder();

    OutpatientRequests(final RequestSigner signer, final VisitRequests shared) {
        this.signer = signer;
        this.shared = shared;
    }

    /** 2201: opens a visit; the answer names it. */
    public SignedRequest register(final String msgid, final Registration request) {
        synchronized (signer) {
            registration.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.fill(registration.header(), msgid, request.insuplcAdmdvs());
            registration
                    .psnNo(request.psnNo())
                    .mdtrtCertType(request.mdtrtCertType())
                    .mdtrtCertNo(request.mdtrtCertNo())
                    .insutype(request.insutype())
                    .begntimeMs(request.begntimeMs())
                    .iptOtpNo(request.iptOtpNo())
                    .atddrNo(request.atddrNo())
                    .deptCode(request.deptCode())
                    .caty(request.caty());
            return signer.signed(msgid, registration.encodedLength());
        }
    }

    /** 2202: closes a visit under which nothing is settled. */
    public SignedRequest cancelRegistration(final String msgid, final VisitKey key) {
        return shared.ofVisit(RegistrationCancelEncoder.TEMPLATE_ID, msgid, key);
    }

    /** 2203: kind of visit and diagnoses. */
    public SignedRequest describe(final String msgid, final VisitDetails details) {
        synchronized (signer) {
            visit.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.fill(visit.header(), msgid, details.visit().insuplcAdmdvs());
            visit.psnNo(details.visit().psnNo())
                    .mdtrtId(details.visit().mdtrtId())
                    .medType(details.medType())
                    .begntimeMs(details.begntimeMs())
                    .diseCodg(details.diseCodg());
            final VisitEncoder.DiseinfoEncoder group =
                    visit.diseinfoCount(details.diseinfo().size());
            for (final Diagnosis diagnosis : details.diseinfo()) {
                group.next()
                        .diagType(diagnosis.diagType())
                        .diagSrtNo(diagnosis.diagSrtNo())
                        .diagCode(diagnosis.diagCode())
                        .diagDept(diagnosis.diagDept())
                        .diseDorNo(diagnosis.diseDorNo())
                        .diagTimeMs(diagnosis.diagTimeMs());
            }
            return signer.signed(msgid, visit.encodedLength());
        }
    }

    /**
     * 2204.
     *
     * @throws IllegalArgumentException if there are more than {@link io.settlegate.protocol.Limits#MAX_LINES} lines.
     */
    public SignedRequest uploadLines(final String msgid, final FeeLines lines) {
        return shared.feeLines(OutpatientFeeLinesEncoder.TEMPLATE_ID, msgid, lines);
    }

    /** 2205: takes the unsettled lines of a batch back; {@link FeeLines#EVERY_BATCH} for all. */
    public SignedRequest takeBackLines(final String msgid, final VisitKey key, final String chrgBchno) {
        return shared.takeBackLines(OutpatientFeeLinesCancelEncoder.TEMPLATE_ID, msgid, key, chrgBchno);
    }

    /** 2206: what 2207 would answer now. Changes nothing. */
    public SignedRequest presettle(final String msgid, final VisitSettlement settlement) {
        return shared.settlement(OutpatientPresettleEncoder.TEMPLATE_ID, msgid, settlement);
    }

    /** 2207. */
    public SignedRequest settle(final String msgid, final VisitSettlement settlement) {
        return shared.settlement(OutpatientSettleEncoder.TEMPLATE_ID, msgid, settlement);
    }

    /** 2208: undoes the settlement that the answer to 2207 called {@code setlId}; its lines are unsettled again. */
    public SignedRequest cancel(final String msgid, final VisitKey key, final String setlId) {
        return shared.cancel(OutpatientCancelEncoder.TEMPLATE_ID, msgid, key, setlId);
    }
}
