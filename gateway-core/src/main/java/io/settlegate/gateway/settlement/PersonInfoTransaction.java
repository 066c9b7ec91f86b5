package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.policy.Pool;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PersonInfoDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * 1101: person, insurance, balance, this year's accumulators, found by any credential; a frozen person too. Changes nothing.
 * Owned by the engine's thread.
 */
final class PersonInfoTransaction implements Transaction {
    private static final int CERT_TYPE = PersonInfoDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = PersonInfoDecoder.mdtrtCertNoEncodingOffset();
    private static final int CARD_SN = PersonInfoDecoder.cardSnEncodingOffset();
    private static final int CARD_SN_LENGTH = PersonInfoDecoder.cardSnEncodingLength();

    private final EngineState state;
    private final OutcomeWriter writer;
    private final Credentials credentials;
    private final PersonInfoOutcomeEncoder outcomeEncoder = new PersonInfoOutcomeEncoder();
    private final Accumulators used = new Accumulators();
    private int personRow;

    PersonInfoTransaction(final EngineState state, final OutcomeWriter writer, final Credentials credentials) {
        this.state = state;
        this.writer = writer;
        this.credentials = credentials;
    }

    @Override
    public int templateId() {
        return PersonInfoDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return PersonInfoDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_AND_FRESH;
    }

    @Override
    public ResultCode compute(final Request request) {
        final int type = request.body + CERT_TYPE;
        final int number = request.body + CERT_NO;
        if (!Credentials.isForm(request.buffer, type, number) || !isCardSn(request)) {
            return ResultCode.FIELD_MALFORMED;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        if (request.regionRow < 0) {
            return ResultCode.OTHER_SHARD;
        }
        final ResultCode found = credentials.find(request.buffer, type, number, request.timeMs);
        personRow = credentials.personRow;
        return personRow < 0 || Persons.isOf(state.persons, personRow, request) ? found : ResultCode.OTHER_SHARD;
    }

    /** A card is read together with its identification code; nothing else has one. */
    private static boolean isCardSn(final Request request) {
        final int cardSn = request.body + CARD_SN;
        return Credentials.isCard(request.buffer, request.body + CERT_TYPE)
                ? Fields.isCode(request.buffer, cardSn, CARD_SN_LENGTH)
                : Fields.isZero(request.buffer, cardSn, CARD_SN_LENGTH);
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
        outcomeEncoder.frozenFlag((short) (Persons.isFrozen(state.persons, personRow) ? 1 : 0));
        final int year = BusinessTime.yearOf(request.timeMs);
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
        final int insutype = PersonFacts.number(row, at + Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH);
        state.personYears.load(personRow, year, insutype, used);
        group.dedcUsedFen(used.slots[Accumulators.deductible(Pool.OUTPATIENT)]);
        group.hifpPaidFen(used.slots[Accumulators.paid(Pool.OUTPATIENT)]);
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
