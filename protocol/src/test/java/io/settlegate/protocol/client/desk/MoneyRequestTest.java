package io.settlegate.protocol.client.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.codec.AdmissionDecoder;
import io.settlegate.protocol.codec.InpatientCancelDecoder;
import io.settlegate.protocol.codec.InpatientSettleDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientCancelDecoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleEncoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a reversal needs is read from a request's bytes. */
class MoneyRequestTest {
    private static final int LENGTH = 1024;

    @Test
    void shouldFindThePersonAtTheSamePlaceOfEachMessage() {
        assertThat(new int[] {
                    PharmacySettleDecoder.psnNoEncodingOffset(),
                    OutpatientSettleDecoder.psnNoEncodingOffset(),
                    OutpatientCancelDecoder.psnNoEncodingOffset(),
                    InpatientSettleDecoder.psnNoEncodingOffset(),
                    InpatientCancelDecoder.psnNoEncodingOffset(),
                    AdmissionDecoder.psnNoEncodingOffset()
                })
                .containsOnly(PharmacyCancelDecoder.psnNoEncodingOffset());
    }

    @Test
    void shouldReadWhatAReversalSays() {
        final MoneyRequest money = new MoneyRequest(request(PharmacySettleEncoder.TEMPLATE_ID));
        assertThat(money.infno()).isEqualTo("2102");
        assertThat(money.psnNo()).isEqualTo("32030000000000000001");
        assertThat(money.insuplcAdmdvs()).isEqualTo("320302");
    }

    @Test
    void shouldBeBeyondTheHorizonOnlyWithWhatIsNoOlder() {
        final MoneyRequest money = new MoneyRequest(request(PharmacySettleEncoder.TEMPLATE_ID));
        assertThat(money.isStaleWith("P32030200001202611281200000000")).isTrue();
        assertThat(money.isStaleWith("P32030200001202612281200000000")).isTrue();
        assertThat(money.isStaleWith("P32030200001202611281159599999"))
                .as("made by a clock that fell back")
                .isFalse();
    }

    @Test
    void shouldRefuseWhatCannotBeReversed() {
        assertThatThrownBy(() -> new MoneyRequest(request(PharmacyPresettleEncoder.TEMPLATE_ID)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2101");
    }

    private static SignedRequest request(final int templateId) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final PharmacySettleEncoder settle = new PharmacySettleEncoder().wrapAndApplyHeader(buffer, 0, header);
        header.templateId(templateId);
        settle.header().insuplcAdmdvs("320302");
        settle.psnNo("32030000000000000001");
        return new SignedRequest("P3203020000120261128120000" + "0001", 1, buffer.byteArray());
    }
}
