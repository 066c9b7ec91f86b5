package io.settlegate.protocol.client;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.client.visit.FeeLine;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.VisitKey;
import io.settlegate.protocol.client.visit.VisitSettlement;
import io.settlegate.protocol.codec.OutpatientCancelEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesEncoder;
import io.settlegate.protocol.codec.OutpatientSettleEncoder;
import io.settlegate.protocol.codec.RegistrationCancelEncoder;

/**
 * Encodes what visits and stays have in common: requests with the same fields in the same places, which differ in their template
 * number alone. The schema says so and a test holds it.
 *
 * <p>Guarded by its signer, whose buffer it fills.
 */
final class VisitRequests {
    private final RequestSigner signer;
    private final OutpatientFeeLinesEncoder feeLines = new OutpatientFeeLinesEncoder();
    private final OutpatientFeeLinesCancelEncoder feeLinesCancel = new OutpatientFeeLinesCancelEncoder();
    private final OutpatientSettleEncoder settle = new OutpatientSettleEncoder();
    private final OutpatientCancelEncoder cancel = new OutpatientCancelEncoder();
    private final RegistrationCancelEncoder registrationCancel = new RegistrationCancelEncoder();

    VisitRequests(final RequestSigner signer) {
        this.signer = signer;
    }

    /** 2204 and 2301. */
    SignedRequest feeLines(final int templateId, final String msgid, final FeeLines lines) {
        final int count = lines.feedetail().size();
        if (count > Limits.MAX_LINES) {
            throw new IllegalArgumentException(count + " lines are more than the limit of " + Limits.MAX_LINES);
        }
        synchronized (signer) {
            feeLines.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.header().templateId(templateId);
            signer.fill(feeLines.header(), msgid, lines.visit().insuplcAdmdvs());
            feeLines.psnNo(lines.visit().psnNo())
                    .mdtrtId(lines.visit().mdtrtId())
                    .chrgBchno(lines.chrgBchno());
            final OutpatientFeeLinesEncoder.FeedetailEncoder group = feeLines.feedetailCount(count);
            for (final FeeLine line : lines.feedetail()) {
                group.next()
                        .feedetlSn(line.feedetlSn())
                        .rxno(line.rxno())
                        .feeOcurTimeMs(line.feeOcurTimeMs())
                        .medListCodg(line.medListCodg())
                        .detItemFeeSumamtFen(line.detItemFeeSumamtFen())
                        .cntE4(line.cntE4())
                        .pricE6(line.pricE6())
                        .bilgDrCodg(line.bilgDrCodg());
            }
            return signer.signed(msgid, feeLines.encodedLength());
        }
    }

    /** 2205 and 2302. */
    SignedRequest takeBackLines(
            final int templateId, final String msgid, final VisitKey visit, final String chrgBchno) {
        synchronized (signer) {
            feeLinesCancel.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.header().templateId(templateId);
            signer.fill(feeLinesCancel.header(), msgid, visit.insuplcAdmdvs());
            feeLinesCancel.psnNo(visit.psnNo()).mdtrtId(visit.mdtrtId()).chrgBchno(chrgBchno);
            return signer.signed(msgid, feeLinesCancel.encodedLength());
        }
    }

    /** 2206, 2207, 2303, and 2304. */
    SignedRequest settlement(final int templateId, final String msgid, final VisitSettlement settlement) {
        synchronized (signer) {
            settle.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.header().templateId(templateId);
            signer.fill(settle.header(), msgid, settlement.visit().insuplcAdmdvs());
            final FeeSplit split = settlement.split();
            settle.psnNo(settlement.visit().psnNo())
                    .mdtrtCertType(settlement.mdtrtCertType())
                    .mdtrtCertNo(settlement.mdtrtCertNo())
                    .mdtrtId(settlement.visit().mdtrtId())
                    .medType(settlement.medType())
                    .insutype(settlement.insutype())
                    .chrgBchno(settlement.chrgBchno())
                    .medfeeSumamtFen(split.medfeeSumamtFen())
                    .fulamtOwnpayAmtFen(split.fulamtOwnpayAmtFen())
                    .overlmtSelfpayFen(split.overlmtSelfpayFen())
                    .preselfpayAmtFen(split.preselfpayAmtFen())
                    .inscpScpAmtFen(split.inscpScpAmtFen())
                    .psnSetlway(settlement.psnSetlway())
                    .acctUsedFlag(settlement.acctUsedFlag().value())
                    .invono(settlement.invono())
                    .endtimeMs(settlement.endtimeMs())
                    .midSetlFlag(settlement.midSetlFlag().value());
            return signer.signed(msgid, settle.encodedLength());
        }
    }

    /** 2208 and 2305. */
    SignedRequest cancel(final int templateId, final String msgid, final VisitKey visit, final String setlId) {
        synchronized (signer) {
            cancel.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.header().templateId(templateId);
            signer.fill(cancel.header(), msgid, visit.insuplcAdmdvs());
            cancel.psnNo(visit.psnNo()).mdtrtId(visit.mdtrtId()).setlId(setlId);
            return signer.signed(msgid, cancel.encodedLength());
        }
    }

    /** 2202, 2404, and 2405. */
    SignedRequest ofVisit(final int templateId, final String msgid, final VisitKey visit) {
        synchronized (signer) {
            registrationCancel.wrapAndApplyHeader(signer.buffer(), 0, signer.header());
            signer.header().templateId(templateId);
            signer.fill(registrationCancel.header(), msgid, visit.insuplcAdmdvs());
            registrationCancel.psnNo(visit.psnNo()).mdtrtId(visit.mdtrtId());
            return signer.signed(msgid, registrationCancel.encodedLength());
        }
    }
}
