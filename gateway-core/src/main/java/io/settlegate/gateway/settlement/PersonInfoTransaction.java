package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PersonInfoDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** 1101: person, insurance, balance, this year's accumulators, found by identity number. Changes nothing. */
final class PersonInfoTransaction implements Transaction {
    private static final String IDENTITY_NUMBER = "02";
    private static final int PSN_CERT_TYPE_LENGTH = 6;
    private static final int CERT_TYPE = PersonInfoDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = PersonInfoDecoder.mdtrtCertNoEncodingOffset();
    private static final int CERT_NO_LENGTH = 50;

    private final EngineState state;
    private final OutcomeWriter writer;
    private final PersonInfoOutcomeEncoder outcomeEncoder = new PersonInfoOutcomeEncoder();
    private final UnsafeBuffer certificate = new UnsafeBuffer(new byte[PSN_CERT_TYPE_LENGTH + CERT_NO_LENGTH]);
    private int personRow;

    PersonInfoTransaction(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
        // A visit certificate 02 is the person's certificate of type 01, the identity card.
        certificate.putStringWithoutLengthAscii(0, "01");
    }

    @Override
    public ResultCode compute(final Request request) {
        if (!Fields.holds(request.buffer, request.body + CERT_TYPE, 3, IDENTITY_NUMBER)
                || !Fields.isCode(request.buffer, request.body + CERT_NO, CERT_NO_LENGTH)) {
            return ResultCode.FIELD_MALFORMED;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        if (request.regionRow < 0) {
            return ResultCode.OTHER_SHARD;
        }
        certificate.putBytes(PSN_CERT_TYPE_LENGTH, request.buffer, request.body + CERT_NO, CERT_NO_LENGTH);
        personRow = state.personByCertificate(certificate, 0);
        if (personRow < 0) {
            return ResultCode.UNKNOWN_PERSON;
        }
        return Persons.isOf(state.persons, personRow, request) ? ResultCode.OK : ResultCode.OTHER_SHARD;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, PersonInfoOutcomeEncoder.BLOCK_LENGTH);
        outcomeEncoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(outcomeEncoder.header(), outcome, request);
        final UnsafeBuffer row = state.persons.buffer(personRow);
        final int at = state.persons.offset(personRow);
        final int block = outcomeEncoder.offset();
        outcome.putBytes(block + PersonInfoOutcomeEncoder.psnNoEncodingOffset(), row, at, Rows.PERSON_KEY);
        outcome.putBytes(
                block + PersonInfoOutcomeEncoder.psnCertTypeEncodingOffset(),
                row,
                at + Rows.PERSON_CERTIFICATE,
                Rows.CERT_TYPE_LENGTH);
        outcome.putBytes(
                block + PersonInfoOutcomeEncoder.certnoEncodingOffset(),
                row,
                at + Rows.PERSON_CERTNO,
                Rows.CERTNO_LENGTH);
        final long year = BusinessTime.yearOf(request.timeMs);
        final PersonInfoOutcomeEncoder.InsuinfoEncoder group =
                outcomeEncoder.insuinfoCount(1).next();
        final int entry = outcomeEncoder.limit() - PersonInfoOutcomeEncoder.InsuinfoEncoder.sbeBlockLength();
        group.balcFen(row.getLong(at + Rows.PERSON_BALANCE));
        Fields.copyPadded(
                row,
                at + Rows.PERSON_INSUTYPE,
                Rows.INSUTYPE_LENGTH,
                outcome,
                entry + PersonInfoOutcomeEncoder.InsuinfoEncoder.insutypeEncodingOffset(),
                6);
        Fields.copyPadded(
                row,
                at + Rows.PERSON_PSN_TYPE,
                Rows.PSN_TYPE_LENGTH,
                outcome,
                entry + PersonInfoOutcomeEncoder.InsuinfoEncoder.psnTypeEncodingOffset(),
                6);
        Fields.copyPadded(
                row,
                at + Rows.PERSON_INSU_STAS,
                Rows.INSU_STAS_LENGTH,
                outcome,
                entry + PersonInfoOutcomeEncoder.InsuinfoEncoder.psnInsuStasEncodingOffset(),
                6);
        outcome.putBytes(
                entry + PersonInfoOutcomeEncoder.InsuinfoEncoder.insuplcAdmdvsEncodingOffset(),
                row,
                at + Rows.PERSON_INSUPLC,
                6);
        group.dedcUsedFen(Persons.usedInYear(state.persons, personRow, year, Rows.YEAR_DEDC));
        group.hifpPaidFen(Persons.usedInYear(state.persons, personRow, year, Rows.YEAR_HIFP));
        int nameLength = 0;
        while (nameLength < Rows.NAME_LENGTH && row.getByte(at + Rows.PERSON_NAME + nameLength) != 0) {
            nameLength++;
        }
        outcomeEncoder.putPsnName(row, at + Rows.PERSON_NAME, nameLength);
        return MessageHeaderEncoder.ENCODED_LENGTH + outcomeEncoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        // A read leaves its record and its msgid, nothing else.
    }
}
