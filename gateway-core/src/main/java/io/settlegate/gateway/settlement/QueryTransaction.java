package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.QueryByMsgidDecoder;
import io.settlegate.protocol.codec.QueryOutcomeEncoder;
import io.settlegate.protocol.codec.RecordState;
import org.agrona.MutableDirectBuffer;

/** What became of a msgid of this institution. Changes nothing. Owned by the engine's thread. */
final class QueryTransaction implements Transaction {
    private static final int OMSGID = QueryByMsgidDecoder.omsgidEncodingOffset();

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final OutcomeWriter writer;
    private final QueryOutcomeEncoder encoder = new QueryOutcomeEncoder();
    private FlatTable originalDay;
    private int originalRow;

    QueryTransaction(final EngineState state, final MsgidRule msgidRule, final OutcomeWriter writer) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return QueryByMsgidDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return QueryByMsgidDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_AND_FRESH;
    }

    @Override
    public ResultCode compute(final Request request) {
        final ResultCode form =
                msgidRule.check(request.buffer, request.body + OMSGID, request.institutionRow, request.timeMs);
        if (form != ResultCode.OK) {
            return form == ResultCode.MSGID_MALFORMED ? ResultCode.FIELD_MALFORMED : form;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        originalDay = state.msgids.table(msgidRule.timeMs);
        originalRow = originalDay.find(request.buffer, request.body + OMSGID);
        return ResultCode.OK;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, QueryOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        outcome.putBytes(
                encoder.offset() + QueryOutcomeEncoder.omsgidEncodingOffset(),
                request.buffer,
                request.body + OMSGID,
                Rows.MSGID_KEY);
        if (originalRow < 0) {
            encoder.state(RecordState.NOT_SEEN);
        } else {
            encoder.state(RecordState.get(originalDay.getByte(originalRow, Rows.MSGID_STATE)));
            encoder.firstSequence(originalDay.getLong(originalRow, Rows.MSGID_SEQUENCE));
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        // A read leaves its record and its msgid, nothing else.
    }
}
