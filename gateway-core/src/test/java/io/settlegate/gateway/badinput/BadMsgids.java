package io.settlegate.gateway.badinput;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The msgid: its form, its owner, its time, its reuse. */
final class BadMsgids {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private BadMsgids() {}

    static void addTo(final BadInputs table) {
        table.part("msgid");
        table.gets(
                ResultCode.MSGID_MALFORMED,
                "letters where the msgid has digits",
                After.NO_MSGID,
                scene -> settle(scene, SmallCity.PHARMACY + "2026AB22120000" + "0001"));
        table.gets(
                ResultCode.MSGID_MALFORMED,
                "the thirtieth of February in the msgid",
                After.NO_MSGID,
                scene -> settle(scene, SmallCity.PHARMACY + "20260230120000" + "0001"));
        table.gets(
                ResultCode.MSGID_FOREIGN,
                "a msgid of another institution",
                After.NO_MSGID,
                scene -> settle(scene, SmallCity.HOSPITAL + scene.msgid.substring(12)));
        table.gets(
                ResultCode.MSGID_STALE,
                "a msgid older than the horizon",
                After.NO_MSGID,
                scene -> settle(scene, msgid(Duration.ofDays(-5))));
        table.gets(
                ResultCode.MSGID_AHEAD,
                "a msgid an hour ahead",
                After.NO_MSGID,
                scene -> settle(scene, msgid(Duration.ofHours(1))));
        table.gets(
                ResultCode.READ_STALE,
                "1101 sent two minutes ago",
                After.FREE,
                scene -> scene.send(scene.changed(
                        scene.signer()
                                .personInfo(scene.msgid, SmallCity.COUNTY, "02", SmallCity.certno(0))
                                .frame(),
                        MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.sentAtMsEncodingOffset(),
                        Scene.int64(System.currentTimeMillis() - 120_000))));
        table.gets(ResultCode.REPEAT_DIFFERS, "a msgid used again for another bill", After.FIRST_STANDS, scene -> {
            scene.settleFirst();
            return scene.send(scene.signer()
                    .settle(
                            scene.msgid,
                            Scene.purchase(
                                    RoughCity.GOOD_PERSON,
                                    Scene.line(Scene.ITEM, 2 * Scene.PRICE_FEN, 20_000, Scene.PRICE_FEN * 10_000)))
                    .frame());
        });
        table.gets(
                ResultCode.REPEAT_DIFFERS, "a msgid used again for another transaction", After.FIRST_STANDS, scene -> {
                    scene.settleFirst();
                    return scene.send(
                            scene.signer().presettle(scene.msgid, scene.good()).frame());
                });
        table.gets(ResultCode.REVERSED_BEFORE_ARRIVAL, "a settlement whose reversal came first", After.BOUND, scene -> {
            scene.send(scene.signer()
                    .reverse(
                            scene.nextMsgid(),
                            SmallCity.COUNTY,
                            SmallCity.psnNo(RoughCity.GOOD_PERSON),
                            scene.msgid,
                            "2102")
                    .frame());
            return scene.send(scene.goodFrame());
        });
    }

    private static Got settle(final Scene scene, final String msgid) throws IOException {
        return scene.send(scene.signer().settle(msgid, scene.good()).frame());
    }

    private static String msgid(final Duration fromNow) {
        return SmallCity.PHARMACY + STAMP.format(Instant.now().plus(fromNow)) + "0001";
    }
}
