package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.StatementDownloadDecoder;
import io.settlegate.protocol.codec.StatementDownloadOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 9102: asks for a page of what 3202 found. The outcome names the record of the 3202; the page itself is made outside of the engine. Changes
 * nothing. Owned by the engine's thread.
 */
final class StatementDownloadTransaction implements Transaction {
    private static final int NUMBER = StatementDownloadDecoder.fileQuryNoEncodingOffset();

    private final EngineState state;
    private final OutcomeWriter writer;
    private final StatementDownloadDecoder decoder = new StatementDownloadDecoder();
    private final StatementDownloadOutcomeEncoder encoder = new StatementDownloadOutcomeEncoder();

    StatementDownloadTransaction(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return StatementDownloadDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return StatementDownloadDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_AND_FRESH;
    }

    @Override
    public ResultCode compute(final Request request) {
        final DirectBuffer buffer = request.buffer;
        decoder.wrap(buffer, request.body, request.blockLength, request.version);
        final boolean isForm = Fields.isCode(buffer, request.body + NUMBER, Uploads.NUMBER_LENGTH)
                && decoder.afterRow() >= -1
                && decoder.pageLimit() >= 1
                && decoder.pageLimit() <= Limits.MAX_PAGE;
        if (!isForm) {
            return ResultCode.FIELD_MALFORMED;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        final Uploads uploads = state.uploads;
        return uploads.find(request.institutionRow, buffer, request.body + NUMBER) && uploads.detailsSequence() != 0
                ? ResultCode.OK
                : ResultCode.STATEMENT_UNKNOWN;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, StatementDownloadOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        outcome.putBytes(
                encoder.offset() + StatementDownloadOutcomeEncoder.fileQuryNoEncodingOffset(),
                request.buffer,
                request.body + NUMBER,
                Uploads.NUMBER_LENGTH);
        encoder.afterRow(decoder.afterRow()).detailsSequence(state.uploads.detailsSequence());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        // A read leaves its record and its msgid, nothing else.
    }
}
