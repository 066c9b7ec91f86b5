package io.settlegate.gateway.badinput;

import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.util.Arrays;

/** Fields of a settlement that break the rule of their type, and too few or too many lines. */
final class BadFields {
    private static final int MOST_LINES = 100;
    private static final int GROUP_COUNT =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleDecoder.BLOCK_LENGTH + Short.BYTES;

    private BadFields() {}

    static void addTo(final BadInputs table) {
        table.part("fields");
        malformed(
                table,
                "an empty psnNo",
                PharmacySettleDecoder.psnNoEncodingOffset(),
                Scene.text("", PharmacySettleDecoder.psnNoEncodingLength()));
        malformed(
                table, "a control character in psnNo", PharmacySettleDecoder.psnNoEncodingOffset() + 3, new byte[] {7});
        malformed(
                table,
                "mdtrtCertType 09",
                PharmacySettleDecoder.mdtrtCertTypeEncodingOffset(),
                Scene.text("09", PharmacySettleDecoder.mdtrtCertTypeEncodingLength()));
        malformed(table, "an acctUsedFlag of 2", PharmacySettleDecoder.acctUsedFlagEncodingOffset(), new byte[] {2});
        malformed(
                table,
                "a begntimeMs outside the horizon",
                PharmacySettleDecoder.begntimeMsEncodingOffset(),
                Scene.int64(System.currentTimeMillis() - 90L * 86_400_000));
        table.gets(
                ResultCode.NO_LINES,
                "a settlement without lines",
                After.BOUND,
                scene -> settle(scene, Scene.purchase(RoughCity.GOOD_PERSON)));
        table.gets(ResultCode.TOO_MANY_LINES, "101 lines", After.BOUND, BadFields::tooManyLines);
        table.gets(
                ResultCode.LINE_REPEATED,
                "two lines with one feedetlSn",
                After.BOUND,
                scene -> settle(scene, Scene.purchase(RoughCity.GOOD_PERSON, line("L0"), line("L0"))));
    }

    private static void malformed(final BadInputs table, final String input, final int bodyOffset, final byte[] bytes) {
        table.gets(
                ResultCode.FIELD_MALFORMED, input, After.BOUND, scene -> scene.send(scene.changed(bodyOffset, bytes)));
    }

    private static Got settle(final Scene scene, final Settlement settlement) throws IOException {
        return scene.send(scene.signer().settle(scene.msgid, settlement).frame());
    }

    private static Settlement.Line line(final String feedetlSn) {
        return new Settlement.Line(feedetlSn, Scene.ITEM, Scene.PRICE_FEN, 10_000, Scene.PRICE_FEN * 10_000, "");
    }

    /** The client refuses to make them, so the last line is put behind the others by hand. */
    private static Got tooManyLines(final Scene scene) throws IOException {
        final Settlement.Line[] lines = new Settlement.Line[MOST_LINES];
        Arrays.setAll(lines, i -> line("L" + i));
        final byte[] frame = scene.signer()
                .settle(scene.msgid, Scene.purchase(RoughCity.GOOD_PERSON, lines))
                .frame();
        final int length = frame.length - Sm2Signer.SIGNATURE_LENGTH;
        final int lineLength = PharmacySettleDecoder.DrugdetailDecoder.sbeBlockLength();
        final byte[] message = Arrays.copyOf(frame, length + lineLength);
        System.arraycopy(frame, length - lineLength, message, length, lineLength);
        message[GROUP_COUNT] = MOST_LINES + 1;
        return scene.send(scene.signed(message));
    }
}
