package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.SettlementQueryDecoder;
import io.settlegate.protocol.codec.SettlementQueryOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 5203: asks for records of this institution, of any age. The engine checks the question and records that it was asked; who has
 * the journal finds the answer, which holds at least every record before this one. Changes nothing. Owned by the engine's thread.
 */
final class SettlementQueryTransaction implements Transaction {
    private static final int BY = SettlementQueryDecoder.byEncodingOffset();
    private static final int OMSGID = SettlementQueryDecoder.omsgidEncodingOffset();
    private static final int SETL_ID = SettlementQueryDecoder.setlIdEncodingOffset();
    private static final int PSN_NO = SettlementQueryDecoder.psnNoEncodingOffset();

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final OutcomeWriter writer;
    private final SettlementQueryDecoder decoder = new SettlementQueryDecoder();
    private final SettlementQueryOutcomeEncoder encoder = new SettlementQueryOutcomeEncoder();

    SettlementQueryTransaction(final EngineState state, final MsgidRule msgidRule, final OutcomeWriter writer) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return SettlementQueryDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return SettlementQueryDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_AND_FRESH;
    }

    @Override
    public ResultCode compute(final Request request) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        final ResultCode asked = checkQuestion(request);
        if (asked == ResultCode.MSGID_FOREIGN) {
            return asked;
        }
        if (asked != ResultCode.OK
                || decoder.afterSequence() < 0
                || decoder.pageLimit() < 1
                || decoder.pageLimit() > Limits.MAX_PAGE) {
            return ResultCode.FIELD_MALFORMED;
        }
        return state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) == 1
                ? ResultCode.OK
                : ResultCode.INSTITUTION_DISABLED;
    }

    /** What is not asked by is left empty, so that nobody believes that it narrowed the answer. */
    private ResultCode checkQuestion(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final QueryBy by = QueryBy.get((short) (buffer.getByte(body + BY) & 0xFF));
        final boolean isEmpty = (by == QueryBy.MSGID || Fields.isZero(buffer, body + OMSGID, Rows.MSGID_KEY))
                && (by == QueryBy.SETL_ID || Fields.isZero(buffer, body + SETL_ID, GatewayNumber.LENGTH))
                && (by == QueryBy.PERSON_TIME || Fields.isZero(buffer, body + PSN_NO, Rows.PERSON_KEY));
        if (!isEmpty) {
            return ResultCode.FIELD_MALFORMED;
        }
        final boolean isTimeless = decoder.begnTimeMs() == 0 && decoder.endTimeMs() == 0;
        final boolean isTime = decoder.begnTimeMs() >= 0 && decoder.begnTimeMs() < decoder.endTimeMs();
        return switch (by) {
            case MSGID ->
                isTimeless
                        ? msgidRule.checkOfAnyAge(buffer, body + OMSGID, request.institutionRow)
                        : ResultCode.FIELD_MALFORMED;
            case SETL_ID -> formOf(isTimeless && GatewayNumber.isNumber(buffer, body + SETL_ID));
            case PERSON_TIME -> formOf(isTime && Fields.isCode(buffer, body + PSN_NO, Rows.PERSON_KEY));
            case INSTITUTION_TIME -> formOf(isTime);
            case SBE_UNKNOWN, NULL_VAL -> ResultCode.FIELD_MALFORMED;
        };
    }

    private static ResultCode formOf(final boolean isRight) {
        return isRight ? ResultCode.OK : ResultCode.FIELD_MALFORMED;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, SettlementQueryOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        encoder.by(decoder.by()).afterSequence(decoder.afterSequence()).pageLimit(decoder.pageLimit());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        // A read leaves its record and its msgid, nothing else.
    }
}
