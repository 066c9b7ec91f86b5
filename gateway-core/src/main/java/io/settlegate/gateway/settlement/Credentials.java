package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whom a credential names, as a terminal reads it: mdtrt_cert_type 01 with an e-voucher token, 02 with an identity number, 03
 * with a social card number. One place for all transactions that take one.
 *
 * <p>Owned by the engine's thread. Allocates nothing.
 */
final class Credentials {
    static final int TYPE_LENGTH = 3;
    static final int NUMBER_LENGTH = 50;
    private static final int PSN_CERT_TYPE_LENGTH = 6;

    /** Row of the person whom {@link #find} found, of an expired token too; else -1. */
    int personRow;

    private final EngineState state;
    private final UnsafeBuffer certificate = new UnsafeBuffer(new byte[PSN_CERT_TYPE_LENGTH + NUMBER_LENGTH]);

    Credentials(final EngineState state) {
        this.state = state;
        // A visit certificate 02 is the person's certificate of type 01, the identity card.
        certificate.putStringWithoutLengthAscii(0, "01");
    }

    /** Whether type and number have the form of a credential. */
    static boolean isForm(final DirectBuffer buffer, final int type, final int number) {
        return buffer.getByte(type) == '0'
                && buffer.getByte(type + 1) >= '1'
                && buffer.getByte(type + 1) <= '3'
                && buffer.getByte(type + 2) == 0
                && Fields.isCode(buffer, number, NUMBER_LENGTH);
    }

    /** 1 to 3 of a credential of good form. */
    static int type(final DirectBuffer buffer, final int type) {
        return buffer.getByte(type + 1) - '0';
    }

    static boolean isCard(final DirectBuffer buffer, final int type) {
        return buffer.getByte(type + 1) == '3';
    }

    /**
     * Whether the credential is the identity number of this person, whose row is looked at and no index. False says nothing: then
     * {@link #find} decides. No two persons have the same certificate, so that it would find this one.
     */
    boolean isIdentityOf(final int row, final DirectBuffer buffer, final int type, final int number) {
        final UnsafeBuffer person = state.persons.buffer(row);
        final int certificate = state.persons.offset(row) + Rows.PERSON_CERTIFICATE;
        return buffer.getByte(type + 1) == '2'
                && person.getByte(certificate) == '0'
                && person.getByte(certificate + 1) == '1'
                && person.getByte(certificate + 2) == 0
                && Fields.equalPadded(
                        person, certificate + Rows.CERT_TYPE_LENGTH, Rows.CERTNO_LENGTH, buffer, number, NUMBER_LENGTH);
    }

    /** OK, UNKNOWN_PERSON, or VOUCHER_EXPIRED; of a credential of good form. */
    ResultCode find(final DirectBuffer buffer, final int type, final int number, final long nowMs) {
        personRow = -1;
        final ResultCode code =
                switch (buffer.getByte(type + 1)) {
                    case '1' -> findVoucher(buffer, number, nowMs);
                    case '2' -> findCertificate(buffer, number);
                    default -> findCard(buffer, number);
                };
        return personRow < 0 ? ResultCode.UNKNOWN_PERSON : code;
    }

    private ResultCode findVoucher(final DirectBuffer buffer, final int number, final long nowMs) {
        if (!Fields.isZero(buffer, number + Rows.VOUCHER_KEY, NUMBER_LENGTH - Rows.VOUCHER_KEY)) {
            return ResultCode.UNKNOWN_PERSON;
        }
        final FlatTable vouchers = state.vouchers;
        final int row = vouchers.find(buffer, number);
        if (row < 0) {
            return ResultCode.UNKNOWN_PERSON;
        }
        personRow = state.persons.find(vouchers.buffer(row), vouchers.offset(row) + Rows.VOUCHER_PSN_NO);
        return nowMs >= vouchers.getLong(row, Rows.VOUCHER_EXPIRES_MS) ? ResultCode.VOUCHER_EXPIRED : ResultCode.OK;
    }

    private ResultCode findCertificate(final DirectBuffer buffer, final int number) {
        Fields.copy(buffer, number, certificate, PSN_CERT_TYPE_LENGTH, NUMBER_LENGTH);
        personRow = state.personByCertificate(certificate, 0);
        return ResultCode.OK;
    }

    private ResultCode findCard(final DirectBuffer buffer, final int number) {
        if (Fields.isZero(buffer, number + Rows.CARD_LENGTH, NUMBER_LENGTH - Rows.CARD_LENGTH)) {
            personRow = state.personByCard(buffer, number);
        }
        return ResultCode.OK;
    }
}
