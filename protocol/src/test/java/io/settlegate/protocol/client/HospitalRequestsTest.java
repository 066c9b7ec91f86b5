package io.settlegate.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.client.visit.Diagnosis;
import io.settlegate.protocol.client.visit.FeeLine;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.codec.AdmissionDecoder;
import io.settlegate.protocol.codec.DischargeDecoder;
import io.settlegate.protocol.codec.EntitlementCheckDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.RegistrationCancelDecoder;
import io.settlegate.protocol.codec.RegistrationDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.VisitDecoder;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.SignatureBatch;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Each field of each request comes out where the schema has it. That shared layouts are the same says SharedLayoutTest. */
class HospitalRequestsTest {
    private static final String MSGID = "H32030200001202611220900000001";
    private static final String VISIT_ID = "3203002026112200000000000042";

    private final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
    private final RequestSigner signer = new RequestSigner(
            new TerminalIdentity("SN-1", "H32030200001", "320303", key),
            "SG-TEST",
            Clock.systemUTC(),
            new SecureRandom());
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @Test
    void shouldAskForAnEntitlement() {
        final EntitlementCheckDecoder request = new EntitlementCheckDecoder()
                .wrapAndApplyHeader(signed(signer.entitlement(MSGID, HospitalValues.QUESTION), 2001), 0, header);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.insutype()).isEqualTo("310");
        assertThat(request.medType()).isEqualTo("14");
        assertThat(request.begntimeMs()).isEqualTo(1_001);
        assertThat(request.diseCodg()).isEqualTo("M01600");
    }

    @Test
    void shouldRegister() {
        final RegistrationDecoder request = new RegistrationDecoder()
                .wrapAndApplyHeader(
                        signed(signer.outpatient().register(MSGID, HospitalValues.REGISTRATION), 2201), 0, header);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtCertType()).isEqualTo("01");
        assertThat(request.mdtrtCertNo()).isEqualTo("TOKEN-1");
        assertThat(request.insutype()).isEqualTo("310");
        assertThat(request.begntimeMs()).isEqualTo(1_002);
        assertThat(request.iptOtpNo()).isEqualTo("MZ-1");
        assertThat(request.atddrNo()).isEqualTo("D320302000001");
        assertThat(request.deptCode()).isEqualTo("DEPT-1");
        assertThat(request.caty()).isEqualTo("A03");
    }

    @Test
    void shouldNameTheVisitInWhatConcernsItAlone() {
        final OutpatientRequests outpatient = signer.outpatient();
        final InpatientRequests inpatient = signer.inpatient();
        assertOfVisit(outpatient.cancelRegistration(MSGID, HospitalValues.VISIT), 2202);
        assertOfVisit(inpatient.cancelAdmission(MSGID, HospitalValues.VISIT), 2404);
        assertOfVisit(inpatient.cancelDischarge(MSGID, HospitalValues.VISIT), 2405);
    }

    private void assertOfVisit(final SignedRequest signed, final int templateId) {
        final UnsafeBuffer frame = signed(signed, templateId);
        header.wrap(frame, 0);
        final RegistrationCancelDecoder request =
                new RegistrationCancelDecoder().wrap(frame, header.encodedLength(), header.blockLength(), 1);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtId()).isEqualTo(VISIT_ID);
    }

    @Test
    void shouldDescribeAVisit() {
        final VisitDecoder request = new VisitDecoder()
                .wrapAndApplyHeader(
                        signed(signer.outpatient().describe(MSGID, HospitalValues.DETAILS), 2203), 0, header);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtId()).isEqualTo(VISIT_ID);
        assertThat(request.medType()).isEqualTo("14");
        assertThat(request.begntimeMs()).isEqualTo(1_005);
        assertThat(request.diseCodg()).isEqualTo("M01600");
        final VisitDecoder.DiseinfoDecoder group = request.diseinfo();
        assertThat(group.count()).isEqualTo(2);
        for (final Diagnosis expected : HospitalValues.DIAGNOSES) {
            group.next();
            assertThat(new Diagnosis(
                            group.diagType(),
                            group.diagSrtNo(),
                            group.diagCode(),
                            group.diagDept(),
                            group.diseDorNo(),
                            group.diagTimeMs()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldUploadLines() {
        assertLines(signer.outpatient().uploadLines(MSGID, HospitalValues.LINES), 2204);
        assertLines(signer.inpatient().uploadLines(MSGID, HospitalValues.LINES), 2301);
    }

    private void assertLines(final SignedRequest signed, final int templateId) {
        final UnsafeBuffer frame = signed(signed, templateId);
        header.wrap(frame, 0);
        final OutpatientFeeLinesDecoder request =
                new OutpatientFeeLinesDecoder().wrap(frame, header.encodedLength(), header.blockLength(), 1);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtId()).isEqualTo(VISIT_ID);
        assertThat(request.chrgBchno()).isEqualTo("BATCH-1");
        final OutpatientFeeLinesDecoder.FeedetailDecoder group = request.feedetail();
        assertThat(group.count()).isEqualTo(2);
        for (final FeeLine expected : HospitalValues.LINES.feedetail()) {
            group.next();
            assertThat(new FeeLine(
                            group.feedetlSn(),
                            group.rxno(),
                            group.feeOcurTimeMs(),
                            group.medListCodg(),
                            group.detItemFeeSumamtFen(),
                            group.cntE4(),
                            group.pricE6(),
                            group.bilgDrCodg()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldRefuseMoreLinesThanTheLimitAndSendAsManyAsTheLimit() {
        final FeeLine line = HospitalValues.LINES.feedetail().get(0);
        final List<FeeLine> most = Collections.nCopies(Limits.MAX_LINES, line);
        final SignedRequest request =
                signer.inpatient().uploadLines(MSGID, new FeeLines(HospitalValues.VISIT, "1", most));
        assertThat(request.frame().length).isLessThanOrEqualTo(Limits.MAX_FRAME_LENGTH);
        final FeeLines tooMany =
                new FeeLines(HospitalValues.VISIT, "1", Collections.nCopies(Limits.MAX_LINES + 1, line));
        assertThatThrownBy(() -> signer.outpatient().uploadLines(MSGID, tooMany))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("101 lines are more than the limit of 100");
    }

    @Test
    void shouldTakeLinesBack() {
        assertTakesBack(signer.outpatient().takeBackLines(MSGID, HospitalValues.VISIT, "BATCH-3"), 2205);
        assertTakesBack(signer.inpatient().takeBackLines(MSGID, HospitalValues.VISIT, "BATCH-3"), 2302);
    }

    private void assertTakesBack(final SignedRequest signed, final int templateId) {
        final UnsafeBuffer frame = signed(signed, templateId);
        header.wrap(frame, 0);
        final OutpatientFeeLinesCancelDecoder request =
                new OutpatientFeeLinesCancelDecoder().wrap(frame, header.encodedLength(), header.blockLength(), 1);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtId()).isEqualTo(VISIT_ID);
        assertThat(request.chrgBchno()).isEqualTo("BATCH-3");
    }

    @Test
    void shouldSettle() {
        assertSettles(signer.outpatient().presettle(MSGID, HospitalValues.SETTLEMENT), 2206);
        assertSettles(signer.outpatient().settle(MSGID, HospitalValues.SETTLEMENT), 2207);
        assertSettles(signer.inpatient().presettle(MSGID, HospitalValues.SETTLEMENT), 2303);
        assertSettles(signer.inpatient().settle(MSGID, HospitalValues.SETTLEMENT), 2304);
    }

    private void assertSettles(final SignedRequest signed, final int templateId) {
        final UnsafeBuffer frame = signed(signed, templateId);
        header.wrap(frame, 0);
        final OutpatientSettleDecoder request =
                new OutpatientSettleDecoder().wrap(frame, header.encodedLength(), header.blockLength(), 1);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtCertType()).isEqualTo("02");
        assertThat(request.mdtrtCertNo()).isEqualTo("NUMBER-1");
        assertThat(request.mdtrtId()).isEqualTo(VISIT_ID);
        assertThat(request.medType()).isEqualTo("11");
        assertThat(request.insutype()).isEqualTo("390");
        assertThat(request.chrgBchno()).isEqualTo("BATCH-2");
        assertThat(request.medfeeSumamtFen()).isEqualTo(2_800);
        assertThat(request.fulamtOwnpayAmtFen()).isEqualTo(100);
        assertThat(request.overlmtSelfpayFen()).isEqualTo(200);
        assertThat(request.preselfpayAmtFen()).isEqualTo(500);
        assertThat(request.inscpScpAmtFen()).isEqualTo(2_000);
        assertThat(request.psnSetlway()).isEqualTo("01");
        assertThat(request.acctUsedFlag()).isEqualTo((short) 1);
        assertThat(request.invono()).isEqualTo("INV-1");
        assertThat(request.endtimeMs()).isEqualTo(1_008);
        assertThat(request.midSetlFlag()).isZero();
    }

    @Test
    void shouldCancel() {
        assertCancels(signer.outpatient().cancel(MSGID, HospitalValues.VISIT, "SETL-1"), 2208);
        assertCancels(signer.inpatient().cancel(MSGID, HospitalValues.VISIT, "SETL-1"), 2305);
    }

    private void assertCancels(final SignedRequest signed, final int templateId) {
        final UnsafeBuffer frame = signed(signed, templateId);
        header.wrap(frame, 0);
        final OutpatientCancelDecoder request =
                new OutpatientCancelDecoder().wrap(frame, header.encodedLength(), header.blockLength(), 1);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtId()).isEqualTo(VISIT_ID);
        assertThat(request.setlId()).isEqualTo("SETL-1");
    }

    @Test
    void shouldAdmit() {
        final AdmissionDecoder request = new AdmissionDecoder()
                .wrapAndApplyHeader(signed(signer.inpatient().admit(MSGID, HospitalValues.ADMISSION), 2401), 0, header);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtCertType()).isEqualTo("03");
        assertThat(request.mdtrtCertNo()).isEqualTo("CARD-1");
        assertThat(request.insutype()).isEqualTo("310");
        assertThat(request.medType()).isEqualTo("21");
        assertThat(request.begntimeMs()).isEqualTo(1_009);
        assertThat(request.iptNo()).isEqualTo("ZY-1");
        assertThat(request.atddrNo()).isEqualTo("D320302000004");
        assertThat(request.admDeptCodg()).isEqualTo("DEPT-4");
        assertThat(request.diseCodg()).isEqualTo("Q-1");
        final AdmissionDecoder.DiseinfoDecoder group = request.diseinfo();
        assertThat(group.count()).isEqualTo(2);
        for (final Diagnosis expected : HospitalValues.DIAGNOSES) {
            group.next();
            assertThat(new Diagnosis(
                            group.diagType(),
                            group.diagSrtNo(),
                            group.diagCode(),
                            group.diagDept(),
                            group.diseDorNo(),
                            group.diagTimeMs()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldDischarge() {
        final DischargeDecoder request = new DischargeDecoder()
                .wrapAndApplyHeader(
                        signed(signer.inpatient().discharge(MSGID, HospitalValues.DISCHARGE), 2402), 0, header);
        assertCommon(request.header());
        assertThat(request.psnNo()).isEqualTo("PSN-7");
        assertThat(request.mdtrtId()).isEqualTo(VISIT_ID);
        assertThat(request.endtimeMs()).isEqualTo(1_010);
        assertThat(request.dscgWay()).isEqualTo("4");
        assertThat(request.diseCodg()).isEqualTo("Q-2");
        final DischargeDecoder.DiseinfoDecoder group = request.diseinfo();
        assertThat(group.count()).isEqualTo(2);
        for (final Diagnosis expected : HospitalValues.DIAGNOSES) {
            group.next();
            assertThat(new Diagnosis(
                            group.diagType(),
                            group.diagSrtNo(),
                            group.diagCode(),
                            group.diagDept(),
                            group.diseDorNo(),
                            group.diagTimeMs()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldPrintNobody() {
        for (final Object value : List.of(
                HospitalValues.VISIT,
                HospitalValues.QUESTION,
                HospitalValues.REGISTRATION,
                HospitalValues.DETAILS,
                HospitalValues.DIAGNOSES,
                HospitalValues.LINES,
                HospitalValues.SETTLEMENT,
                HospitalValues.ADMISSION,
                HospitalValues.DISCHARGE)) {
            assertThat(value.toString())
                    .doesNotContain("PSN-7", "TOKEN", "NUMBER", "CARD", "M01600", "E11", "I10", "D3203", "MZ-", "ZY-");
        }
    }

    private static void assertCommon(final RequestHeaderDecoder common) {
        assertThat(common.sn()).isEqualTo("SN-1");
        assertThat(common.gatewayId()).isEqualTo("SG-TEST");
        assertThat(common.msgid()).isEqualTo(MSGID);
        assertThat(common.insuplcAdmdvs()).isEqualTo("320302");
    }

    /** The frame, once its number is found to be right and its signature the terminal's. */
    private UnsafeBuffer signed(final SignedRequest request, final int templateId) {
        final byte[] frame = request.frame();
        final int length = frame.length - Sm2Signer.SIGNATURE_LENGTH;
        final SignatureBatch batch = new SignatureBatch(1);
        batch.add(key.publicKey(), frame, 0, length);
        new BouncyCastleVerifier().verify(batch);
        assertThat(batch.verdict(0)).as("signature").isTrue();
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        assertThat(header.wrap(buffer, 0).templateId()).isEqualTo(templateId);
        return buffer;
    }
}
