package io.settlegate.protocol.client;

import io.settlegate.protocol.client.visit.Admission;
import io.settlegate.protocol.client.visit.Diagnosis;
import io.settlegate.protocol.client.visit.Discharge;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.client.visit.VisitSettlement;
import io.settlegate.protocol.codec.AdmissionCancelEncoder;
import io.settlegate.protocol.codec.AdmissionEncoder;
import io.settlegate.protocol.codec.DischargeCancelEncoder;
import io.settlegate.protocol.codec.DischargeEncoder;
import io.settlegate.protocol.codec.InpatientCancelEncoder;
import io.settlegate.protocol.codec.InpatientFeeLinesCancelEncoder;
import io.settlegate.protocol.codec.InpatientFeeLinesEncoder;
import io.settlegate.protocol.codec.InpatientPresettleEncoder;
import io.settlegate.protocol.codec.InpatientSettleEncoder;

/**
 * Encodes and signs what a hospital asks about stays, from the admission to the cancel of a settlement.
 *
 * <p>Safe for all threads; one request at a time, together with those of its {@link RequestSigner}. A text that is longer than its
 * field is an {@link IndexOutOfBoundsException}.
 */
public final class InpatientRequests {
    private final RequestSigner signer;
    private final VisitRequests shared;
    private final AdmissionEncoder admission = new AdmissionEncoder();
    private final DischargeEncoder discharge = new DischargeEncoder();

    InpatientRequests(final RequestSigner signer, final VisitRequests shared) {
        this.signer = signer;
        this.shared = shared;
    }

    /** 2401: opens a stay; the answer names it. */
    public SignedRequest admit(final String msgid, final Admission request) {
        synchronized (signer) {
            admission.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.fill(admission.header(), msgid, request.insuplcAdmdvs());
            admission
                    .psnNo(request.psnNo())
                    .mdtrtCertType(request.mdtrtCertType())
                    .mdtrtCertNo(request.mdtrtCertNo())
                    .insutype(request.insutype())
                    .medType(request.medType())
                    .begntimeMs(request.begntimeMs())
                    .iptNo(request.iptNo())
                    .atddrNo(request.atddrNo())
                    .admDeptCodg(request.admDeptCodg())
                    .diseCodg(request.diseCodg());
            final AdmissionEncoder.DiseinfoEncoder group =
                    admission.diseinfoCount(request.diseinfo().size());
            for (final Diagnosis diagnosis : request.diseinfo()) {
                group.next()
                        .diagType(diagnosis.diagType())
                        .diagSrtNo(diagnosis.diagSrtNo())
                        .diagCode(diagnosis.diagCode())
                        .diagDept(diagnosis.diagDept())
                        .diseDorNo(diagnosis.diseDorNo())
                        .diagTimeMs(diagnosis.diagTimeMs());
            }
            return signer.signed(msgid, admission.encodedLength());
        }
    }

    /** 2404: takes an admission back under which nothing is settled. */
    public SignedRequest cancelAdmission(final String msgid, final VisitKey key) {
        return shared.ofVisit(AdmissionCancelEncoder.TEMPLATE_ID, msgid, key);
    }

    /** 2402: ends a stay. */
    public SignedRequest discharge(final String msgid, final Discharge request) {
        synchronized (signer) {
            discharge.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.fill(discharge.header(), msgid, request.visit().insuplcAdmdvs());
            discharge
                    .psnNo(request.visit().psnNo())
                    .mdtrtId(request.visit().mdtrtId())
                    .endtimeMs(request.endtimeMs())
                    .dscgWay(request.dscgWay())
                    .diseCodg(request.diseCodg());
            final DischargeEncoder.DiseinfoEncoder group =
                    discharge.diseinfoCount(request.diseinfo().size());
            for (final Diagnosis diagnosis : request.diseinfo()) {
                group.next()
                        .diagType(diagnosis.diagType())
                        .diagSrtNo(diagnosis.diagSrtNo())
                        .diagCode(diagnosis.diagCode())
                        .diagDept(diagnosis.diagDept())
                        .diseDorNo(diagnosis.diseDorNo())
                        .diagTimeMs(diagnosis.diagTimeMs());
            }
            return signer.signed(msgid, discharge.encodedLength());
        }
    }

    /** 2405: takes a discharge back as long as nothing was settled after it. */
    public SignedRequest cancelDischarge(final String msgid, final VisitKey key) {
        return shared.ofVisit(DischargeCancelEncoder.TEMPLATE_ID, msgid, key);
    }

    /**
     * 2301.
     *
     * @throws IllegalArgumentException if there are more than {@link io.settlegate.protocol.Limits#MAX_LINES} lines.
     */
    public SignedRequest uploadLines(final String msgid, final FeeLines lines) {
        return shared.feeLines(InpatientFeeLinesEncoder.TEMPLATE_ID, msgid, lines);
    }

    /** 2302: takes the unsettled lines of a batch back; {@link FeeLines#EVERY_BATCH} for all. */
    public SignedRequest takeBackLines(final String msgid, final VisitKey key, final String chrgBchno) {
        return shared.takeBackLines(InpatientFeeLinesCancelEncoder.TEMPLATE_ID, msgid, key, chrgBchno);
    }

    /** 2303: what 2304 would answer now. Changes nothing. */
    public SignedRequest presettle(final String msgid, final VisitSettlement settlement) {
        return shared.settlement(InpatientPresettleEncoder.TEMPLATE_ID, msgid, settlement);
    }

    /** 2304, after the discharge or in mid-stay. */
    public SignedRequest settle(final String msgid, final VisitSettlement settlement) {
        return shared.settlement(InpatientSettleEncoder.TEMPLATE_ID, msgid, settlement);
    }

    /** 2305: undoes the settlement that the answer to 2304 called {@code setlId}; its lines are unsettled again. */
    public SignedRequest cancel(final String msgid, final VisitKey key, final String setlId) {
        return shared.cancel(InpatientCancelEncoder.TEMPLATE_ID, msgid, key, setlId);
    }
}
