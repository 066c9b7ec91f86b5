package io.settlegate.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PersonInfoDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.SignOutDecoder;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.SignatureBatch;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RequestSignerTest {
    private static final String MSGID = "P32030200001202611220900000001";
    private static final String PSN_NO = "32030000000000000007";
    private static final Settlement SETTLEMENT = new Settlement(
            PSN_NO,
            "320302",
            "01",
            "TOKEN-1",
            1_763_773_200_000L,
            "310",
            "41",
            Settlement.AccountUse.USED,
            "INV-1",
            "J06.900",
            List.of(new Settlement.Line("L1", "XB03ACY199B002010104718", 2_500, 20_000, 12_500_000, "RX-1")));

    private final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
    private final RequestSigner signer = new RequestSigner(
            new TerminalIdentity("SN-1", "P32030200001", "320302", key),
            "SG-TEST",
            Clock.systemUTC(),
            new SecureRandom());
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @Test
    void shouldAskByCardWithItsCodeAndLeaveNoCodeBehind() {
        final PersonInfoDecoder byCard = personInfo(Credential.socialCard("CARD-1", "SN-OF-CARD"));
        assertThat(byCard.mdtrtCertType()).isEqualTo("03");
        assertThat(byCard.mdtrtCertNo()).isEqualTo("CARD-1");
        assertThat(byCard.cardSn()).isEqualTo("SN-OF-CARD");
        final PersonInfoDecoder byToken = personInfo(Credential.eVoucher("TOKEN-1"));
        assertThat(byToken.mdtrtCertType()).isEqualTo("01");
        assertThat(byToken.mdtrtCertNo()).isEqualTo("TOKEN-1");
        assertThat(byToken.cardSn()).as("of the request before").isEmpty();
        assertThat(personInfo(Credential.identityNumber("320302")).mdtrtCertType())
                .isEqualTo("02");
    }

    @Test
    void shouldSayOfACredentialItsTypeOnly() {
        assertThat(Credential.socialCard("CARD-1", "SN-OF-CARD")).hasToString("Credential of type 03");
    }

    @Test
    void shouldPresettleWithTheVeryFieldsOfASettlement() {
        final byte[] presettle = signed(signer.presettle(MSGID, SETTLEMENT));
        final byte[] settle = signed(signer.settle(MSGID, SETTLEMENT));
        assertThat(templateId(presettle)).isEqualTo(PharmacyPresettleDecoder.TEMPLATE_ID);
        assertThat(templateId(settle)).isEqualTo(PharmacySettleDecoder.TEMPLATE_ID);
        final int afterHeader = MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleDecoder.psnNoEncodingOffset();
        final int end = settle.length - Sm2Signer.SIGNATURE_LENGTH;
        assertThat(Arrays.copyOfRange(presettle, afterHeader, end))
                .isEqualTo(Arrays.copyOfRange(settle, afterHeader, end));
        assertPresettleReads(presettle);
    }

    /** The signer encodes both with one encoder; the decoder of 2101 has offsets of its own, from the schema. */
    private void assertPresettleReads(final byte[] frame) {
        final PharmacyPresettleDecoder presettle =
                new PharmacyPresettleDecoder().wrapAndApplyHeader(new UnsafeBuffer(frame), 0, header);
        assertThat(header.blockLength()).isEqualTo(PharmacyPresettleDecoder.BLOCK_LENGTH);
        assertThat(presettle.psnNo()).isEqualTo(PSN_NO);
        assertThat(presettle.mdtrtCertType()).isEqualTo("01");
        assertThat(presettle.mdtrtCertNo()).isEqualTo("TOKEN-1");
        assertThat(presettle.begntimeMs()).isEqualTo(1_763_773_200_000L);
        assertThat(presettle.medfeeSumamtFen()).isEqualTo(2_500);
        assertThat(presettle.invono()).isEqualTo("INV-1");
        assertThat(presettle.insutype()).isEqualTo("310");
        assertThat(presettle.diseCodg()).isEqualTo("J06.900");
        assertThat(presettle.medType()).isEqualTo("41");
        assertThat(presettle.acctUsedFlag()).isEqualTo((short) 1);
        final PharmacyPresettleDecoder.DrugdetailDecoder lines = presettle.drugdetail();
        assertThat(lines.count()).isEqualTo(1);
        lines.next();
        assertThat(lines.feedetlSn()).isEqualTo("L1");
        assertThat(lines.medListCodg()).isEqualTo("XB03ACY199B002010104718");
        assertThat(lines.detItemFeeSumamtFen()).isEqualTo(2_500);
        assertThat(lines.cntE4()).isEqualTo(20_000);
        assertThat(lines.pricE6()).isEqualTo(12_500_000);
        assertThat(lines.rxno()).isEqualTo("RX-1");
    }

    @Test
    void shouldNameTheSettlementThatItCancels() {
        final byte[] frame = signed(signer.cancel(MSGID, "320302", PSN_NO, "SETL-1"));
        final PharmacyCancelDecoder cancel =
                new PharmacyCancelDecoder().wrapAndApplyHeader(new UnsafeBuffer(frame), 0, header);
        assertThat(cancel.psnNo()).isEqualTo(PSN_NO);
        assertThat(cancel.setlId()).isEqualTo("SETL-1");
        assertThat(cancel.header().insuplcAdmdvs()).isEqualTo("320302");
    }

    @Test
    void shouldNameTheSessionThatItEnds() {
        final byte[] frame = signed(signer.signOut(MSGID, "SIGN-1", "OP-1"));
        final SignOutDecoder signOut = new SignOutDecoder().wrapAndApplyHeader(new UnsafeBuffer(frame), 0, header);
        assertThat(signOut.signNo()).isEqualTo("SIGN-1");
        assertThat(signOut.opterNo()).isEqualTo("OP-1");
    }

    private PersonInfoDecoder personInfo(final Credential credential) {
        final byte[] frame = signed(signer.personInfo(MSGID, "320302", credential));
        return new PersonInfoDecoder().wrapAndApplyHeader(new UnsafeBuffer(frame), 0, header);
    }

    private int templateId(final byte[] frame) {
        return header.wrap(new UnsafeBuffer(frame), 0).templateId();
    }

    /** The frame, once its signature is found to be the terminal's. */
    private byte[] signed(final SignedRequest request) {
        final byte[] frame = request.frame();
        final int length = frame.length - Sm2Signer.SIGNATURE_LENGTH;
        final SignatureBatch batch = new SignatureBatch(1);
        batch.add(key.publicKey(), frame, 0, length);
        new BouncyCastleVerifier().verify(batch);
        assertThat(batch.verdict(0)).as("signature").isTrue();
        return frame;
    }
}
