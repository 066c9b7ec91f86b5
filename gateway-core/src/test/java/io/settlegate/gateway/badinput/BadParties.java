package io.settlegate.gateway.badinput;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.io.IOException;

/** Persons, credentials, entitlement, and what the institution may settle. */
final class BadParties {
    private BadParties() {}

    static void addTo(final BadInputs table) {
        table.part("parties");
        changed(
                table,
                ResultCode.OTHER_SHARD,
                "a person of another gateway's region",
                RequestHeaderDecoder.insuplcAdmdvsEncodingOffset(),
                "110000",
                6);
        changed(
                table,
                ResultCode.UNKNOWN_PERSON,
                "a psnNo that nobody has",
                PharmacySettleDecoder.psnNoEncodingOffset(),
                "32039999999999999999",
                PharmacySettleDecoder.psnNoEncodingLength());
        table.gets(
                ResultCode.UNKNOWN_PERSON,
                "1101 with a token that nobody has",
                After.BOUND,
                scene -> personInfo(scene, "01", "NOBODY"));
        table.gets(
                ResultCode.UNKNOWN_PERSON,
                "1101 with an identity number that nobody has",
                After.BOUND,
                scene -> personInfo(scene, "02", "110101190001010009"));
        table.gets(
                ResultCode.VOUCHER_EXPIRED,
                "1101 with an expired token",
                After.BOUND,
                scene -> personInfo(scene, "01", RoughCity.EXPIRED_TOKEN));
        table.gets(
                ResultCode.VOUCHER_EXPIRED,
                "a settlement with an expired token",
                After.BOUND,
                scene -> credential(scene, RoughCity.GOOD_PERSON, "01", RoughCity.EXPIRED_TOKEN));
        table.gets(
                ResultCode.CERTIFICATE_MISMATCH,
                "another person's identity number",
                After.BOUND,
                scene -> credential(scene, RoughCity.GOOD_PERSON, "02", SmallCity.certno(RoughCity.OTHER_PERSON)));
        table.gets(
                ResultCode.CERTIFICATE_MISMATCH,
                "another person's token",
                After.BOUND,
                scene -> credential(scene, RoughCity.OTHER_PERSON, "01", RoughCity.GOOD_TOKEN));
        table.gets(
                ResultCode.PERSON_FROZEN,
                "a frozen person",
                After.BOUND,
                scene -> settle(scene, RoughCity.FROZEN_PERSON));
        table.gets(
                ResultCode.NOT_INSURED,
                "a person whose insurance is paused",
                After.BOUND,
                scene -> settle(scene, RoughCity.PAUSED_PERSON));
        changed(
                table,
                ResultCode.INSUTYPE_MISMATCH,
                "an insurance that the person does not have",
                PharmacySettleDecoder.insutypeEncodingOffset(),
                "390",
                6);
        changed(
                table,
                ResultCode.NO_POLICY,
                "a medType that no policy covers",
                PharmacySettleDecoder.medTypeEncodingOffset(),
                "52",
                6);
        changed(
                table,
                ResultCode.MED_TYPE_NOT_ALLOWED,
                "a pharmacy that settles an outpatient visit",
                PharmacySettleDecoder.medTypeEncodingOffset(),
                "11",
                6);
        changed(
                table,
                ResultCode.ITEM_UNKNOWN,
                "an item that the catalogue does not hold",
                Scene.lineOffset(0, PharmacySettleDecoder.DrugdetailDecoder.medListCodgEncodingOffset()),
                "XX99",
                50);
        changed(
                table,
                ResultCode.RX_REQUIRED,
                "an item on prescription without a prescription number",
                Scene.lineOffset(0, PharmacySettleDecoder.DrugdetailDecoder.medListCodgEncodingOffset()),
                RoughCity.RX_ITEM,
                50);
    }

    private static void changed(
            final BadInputs table,
            final ResultCode code,
            final String input,
            final int bodyOffset,
            final String value,
            final int length) {
        table.gets(code, input, After.BOUND, scene -> scene.send(scene.changed(bodyOffset, Scene.text(value, length))));
    }

    private static Got settle(final Scene scene, final int person) throws IOException {
        return credential(scene, person, "02", SmallCity.certno(person));
    }

    private static Got credential(final Scene scene, final int person, final String type, final String number)
            throws IOException {
        final byte[] frame = scene.signer()
                .settle(
                        scene.msgid,
                        Scene.purchase(
                                person, Scene.line(Scene.ITEM, Scene.PRICE_FEN, 10_000, Scene.PRICE_FEN * 10_000)))
                .frame();
        final int typeOffset = 8 + PharmacySettleDecoder.mdtrtCertTypeEncodingOffset();
        final byte[] both = new byte[3 + 50];
        System.arraycopy(Scene.text(type, 3), 0, both, 0, 3);
        System.arraycopy(Scene.text(number, 50), 0, both, 3, 50);
        return scene.send(scene.changed(frame, typeOffset, both));
    }

    private static Got personInfo(final Scene scene, final String type, final String number) throws IOException {
        return scene.send(scene.signer()
                .personInfo(scene.msgid, SmallCity.COUNTY, type, number)
                .frame());
    }
}
