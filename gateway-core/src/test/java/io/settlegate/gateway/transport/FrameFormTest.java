package io.settlegate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameFormTest {
    private static final Settlement.Line LINE =
            new Settlement.Line("1", "XB03ACY199B002010104718", 1250, 10_000, 12_500_000, "");
    private static final Settlement SETTLEMENT = new Settlement(
            "1", "320302", "02", "2", 0, "310", "41", Settlement.AccountUse.USED, "", "", List.of(LINE, LINE));
    private final RequestSigner signer = new RequestSigner(
            new TerminalIdentity("SN-1", "P32030200001", "320302", Sm2PrivateKey.generate(new SecureRandom())),
            "SG-TEST",
            Clock.systemUTC(),
            new SecureRandom());
    private final byte[] settle =
            signer.settle("P32030200001202611220900000001", SETTLEMENT).frame();

    @Test
    void shouldTakeEachKindOfRequest() {
        final String msgid = "P32030200001202611220900000001";
        assertThat(check(settle)).isEqualTo(ResultCode.OK);
        assertThat(check(signer.signIn(msgid, new byte[32], "").frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.personInfo(msgid, "320302", "02", "1").frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.reverse(msgid, "320302", "1", msgid, "2102").frame()))
                .isEqualTo(ResultCode.OK);
        assertThat(check(signer.query(msgid, msgid).frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.signOut(msgid, msgid, "").frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.presettle(msgid, SETTLEMENT).frame())).isEqualTo(ResultCode.OK);
        assertThat(check(signer.cancel(msgid, "320302", "1", "1").frame())).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldKnowEachRequestOfTheSchema() {
        for (final RequestForm form : RequestForm.values()) {
            assertThat(RequestForm.of(form.templateId())).isEqualTo(form);
        }
        assertThat(RequestForm.of(0)).isNull();
        assertThat(RequestForm.values()).extracting(RequestForm::need).contains(RequestForm.Need.READ);
    }

    @Test
    void shouldRefuseEveryTruncationAndExtension() {
        for (int length = FrameForm.MIN_REQUEST_LENGTH; length < settle.length + 200; length++) {
            if (length != settle.length) {
                assertThat(check(Arrays.copyOf(settle, length)))
                        .as("length %d", length)
                        .isEqualTo(ResultCode.MALFORMED);
            }
        }
    }

    @Test
    void shouldNameWhatIsWrongWithTheHeader() {
        assertThat(check(with(MessageHeaderDecoder.schemaIdEncodingOffset(), 9)))
                .isEqualTo(ResultCode.MALFORMED);
        assertThat(check(with(MessageHeaderDecoder.versionEncodingOffset(), 9)))
                .isEqualTo(ResultCode.UNSUPPORTED_VERSION);
        assertThat(check(with(MessageHeaderDecoder.templateIdEncodingOffset(), 9)))
                .isEqualTo(ResultCode.UNSUPPORTED_TRANSACTION);
        assertThat(check(with(MessageHeaderDecoder.blockLengthEncodingOffset(), 9)))
                .isEqualTo(ResultCode.MALFORMED);
        assertThat(check(with(FrameForm.HEADER_OFFSET, 2))).isEqualTo(ResultCode.WRONG_DOMAIN);
        assertThat(check(with(FrameForm.HEADER_OFFSET, 3))).isEqualTo(ResultCode.WRONG_DOMAIN);
    }

    @Test
    void shouldNotBelieveTheGroupsOwnLengths() {
        final int group = FrameForm.HEADER_OFFSET + PharmacySettleDecoder.BLOCK_LENGTH;
        for (int value = 0; value < 256; value++) {
            if (value != (settle[group] & 0xff)) {
                assertThat(check(with(group, value)))
                        .as("entry length %d", value)
                        .isEqualTo(ResultCode.MALFORMED);
            }
            if (value != 2) {
                assertThat(check(with(group + 2, value)))
                        .as("entries %d", value)
                        .isEqualTo(ResultCode.MALFORMED);
                assertThat(check(with(group + 3, Math.max(1, value))))
                        .as("many entries")
                        .isEqualTo(ResultCode.MALFORMED);
            }
        }
    }

    private byte[] with(final int offset, final int value) {
        final byte[] changed = settle.clone();
        changed[offset] = (byte) value;
        return changed;
    }

    private static ResultCode check(final byte[] frame) {
        final ByteBuf buffer = Unpooled.wrappedBuffer(frame);
        try {
            return FrameForm.check(buffer);
        } finally {
            buffer.release();
        }
    }
}
