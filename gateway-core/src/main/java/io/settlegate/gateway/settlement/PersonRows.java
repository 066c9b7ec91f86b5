package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.PersonChunkDecoder.RowsDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Between the person of an import, whose codes are as wide as the national interface allows, and the row of the table, whose
 * codes are as wide as they occur: ten million rows are held.
 *
 * <pre>
 * import:  psn_no 30 | psn_cert_type 6 | certno 50 | insutype 6 | psn_type 6 | insuplc 6 | stas 6 | name 60 | card 20
 * row:     psn_no 30 | psn_cert_type 3 | certno 32 | insutype 3 | psn_type 4 | insuplc 6 | stas 1 | frozen 1 | card 20 |
 *          name 60 | balance 8 | sums of two years 32 | two years 4
 * </pre>
 *
 * <p>Stateless; allocates nothing. A code that is too long for its row is refused before, never cut.
 */
final class PersonRows {
    static final int CARD_NO = RowsDecoder.cardNoEncodingOffset();
    static final int CERTIFICATE = RowsDecoder.psnCertTypeEncodingOffset();
    static final int INSUPLC = RowsDecoder.insuplcAdmdvsEncodingOffset();
    private static final int CERTNO = RowsDecoder.certnoEncodingOffset();
    private static final int INSUTYPE = RowsDecoder.insutypeEncodingOffset();
    private static final int PSN_TYPE = RowsDecoder.psnTypeEncodingOffset();
    private static final int INSU_STAS = RowsDecoder.psnInsuStasEncodingOffset();
    private static final int NAME = RowsDecoder.psnNameEncodingOffset();
    private static final int CODE_LENGTH = 6;
    private static final int WIRE_CERTNO_LENGTH = 50;
    private static final int GROUP_LENGTH = 2;

    private PersonRows() {}

    /** Whether the imported person has its codes, and none that the row has no room for. */
    static boolean isValid(final DirectBuffer source, final int row) {
        return Fields.isCode(source, row, Rows.PERSON_KEY)
                && isCode(source, row + CERTIFICATE, Rows.CERT_TYPE_LENGTH, CODE_LENGTH)
                && isCode(source, row + CERTNO, Rows.CERTNO_LENGTH, WIRE_CERTNO_LENGTH)
                && isCode(source, row + INSUTYPE, Rows.INSUTYPE_LENGTH, CODE_LENGTH)
                && Fields.isDigits(source, row + PSN_TYPE, GROUP_LENGTH)
                && isCode(source, row + PSN_TYPE, Rows.PSN_TYPE_LENGTH, CODE_LENGTH)
                && isCode(source, row + INSU_STAS, Rows.INSU_STAS_LENGTH, CODE_LENGTH)
                && (Fields.isZero(source, row + CARD_NO, Rows.CARD_LENGTH)
                        || Fields.isCode(source, row + CARD_NO, Rows.CARD_LENGTH));
    }

    /** Writes what the import says of the person; frozen, balance, and sums stay as they are. */
    static void write(final DirectBuffer source, final int row, final MutableDirectBuffer target, final int at) {
        target.putBytes(at, source, row, Rows.PERSON_KEY);
        target.putBytes(at + Rows.PERSON_CERTIFICATE, source, row + CERTIFICATE, Rows.CERT_TYPE_LENGTH);
        target.putBytes(at + Rows.PERSON_CERTNO, source, row + CERTNO, Rows.CERTNO_LENGTH);
        target.putBytes(at + Rows.PERSON_INSUTYPE, source, row + INSUTYPE, Rows.INSUTYPE_LENGTH);
        target.putBytes(at + Rows.PERSON_PSN_TYPE, source, row + PSN_TYPE, Rows.PSN_TYPE_LENGTH);
        target.putBytes(at + Rows.PERSON_INSUPLC, source, row + INSUPLC, CODE_LENGTH);
        target.putBytes(at + Rows.PERSON_INSU_STAS, source, row + INSU_STAS, Rows.INSU_STAS_LENGTH);
        target.putBytes(at + Rows.PERSON_CARD, source, row + CARD_NO, Rows.CARD_LENGTH);
        target.putBytes(at + Rows.PERSON_NAME, source, row + NAME, Rows.NAME_LENGTH);
    }

    /** Makes the row's certificate of one as messages carry it (type 6, number 50); false if no row can hold it. */
    static boolean certificateKey(final DirectBuffer wire, final int offset, final MutableDirectBuffer key) {
        Fields.copy(wire, offset, key, 0, Rows.CERT_TYPE_LENGTH);
        Fields.copy(wire, offset + CODE_LENGTH, key, Rows.CERT_TYPE_LENGTH, Rows.CERTNO_LENGTH);
        return Fields.isZero(wire, offset + Rows.CERT_TYPE_LENGTH, CODE_LENGTH - Rows.CERT_TYPE_LENGTH)
                && Fields.isZero(
                        wire, offset + CODE_LENGTH + Rows.CERTNO_LENGTH, WIRE_CERTNO_LENGTH - Rows.CERTNO_LENGTH);
    }

    private static boolean isCode(final DirectBuffer source, final int offset, final int most, final int length) {
        return Fields.isCode(source, offset, most) && Fields.isZero(source, offset + most, length - most);
    }
}
