package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.GroupSizeEncodingDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.StatementUploadDecoder;
import io.settlegate.protocol.codec.StatementUploadDecoder.RowsDecoder;
import io.settlegate.protocol.codec.StatementUploadOutcomeEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 9101: takes a piece of the details that 3202 then compares. Pieces come in their order; what they hold is checked by its form alone,
 * because what an institution has booked wrongly is what a comparison is for. Owned by the engine's thread.
 */
final class StatementUploadTransaction implements Transaction {
    private static final int NUMBER = StatementUploadDecoder.fileQuryNoEncodingOffset();
    private static final int SETL_ID = RowsDecoder.setlIdEncodingOffset();
    private static final int MSGID = RowsDecoder.msgidEncodingOffset();
    private static final int PSN_NO = RowsDecoder.psnNoEncodingOffset();
    private static final int MDTRT_ID = RowsDecoder.mdtrtIdEncodingOffset();
    private static final int MEDFEE = RowsDecoder.medfeeSumamtFenEncodingOffset();
    private static final int FUND_SUM = RowsDecoder.fundPaySumamtFenEncodingOffset();
    private static final int ACCT = RowsDecoder.acctPayFenEncodingOffset();
    private static final int REFUND = RowsDecoder.refdSetlFlagEncodingOffset();
    private static final int LEAST_BLOCK = RowsDecoder.sbeBlockLength();

    private final EngineState state;
    private final OutcomeWriter writer;
    private final StatementUploadDecoder decoder = new StatementUploadDecoder();
    private final GroupSizeEncodingDecoder dimension = new GroupSizeEncodingDecoder();
    private final StatementUploadOutcomeEncoder encoder = new StatementUploadOutcomeEncoder();
    private int count;
    private long medfeeFen;
    private long fundSumFen;
    private long acctFen;

    StatementUploadTransaction(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return StatementUploadDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return StatementUploadDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        if (!Fields.isCode(request.buffer, request.body + NUMBER, Uploads.NUMBER_LENGTH)) {
            return ResultCode.FIELD_MALFORMED;
        }
        final ResultCode form = checkRows(request);
        if (form != ResultCode.OK) {
            return form;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        final Uploads uploads = state.uploads;
        uploads.find(request.institutionRow, request.buffer, request.body + NUMBER);
        if (decoder.pieceIndex() != uploads.pieces()
                || uploads.pieces() >= Limits.MAX_STATEMENT_PIECES
                || uploads.detailsSequence() != 0) {
            return ResultCode.STATEMENT_PIECE;
        }
        if (uploads.pieces() == 0
                && uploads.begun(request.institutionRow, request.timeMs) >= Limits.MAX_STATEMENTS_A_DAY) {
            return ResultCode.STATEMENT_TOO_MANY;
        }
        return uploads.reserve(request.timeMs) ? ResultCode.OK : ResultCode.CAPACITY;
    }

    private ResultCode checkRows(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int group = request.body + request.blockLength;
        if (group + GroupSizeEncodingDecoder.ENCODED_LENGTH > request.end) {
            return ResultCode.FIELD_MALFORMED;
        }
        dimension.wrap(buffer, group);
        count = dimension.numInGroup();
        final int blockLength = dimension.blockLength();
        final int first = group + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (blockLength < LEAST_BLOCK || first + (long) count * blockLength != request.end) {
            return ResultCode.FIELD_MALFORMED;
        }
        if (count == 0) {
            return ResultCode.NO_LINES;
        }
        if (count > Limits.MAX_STATEMENT_ROWS) {
            return ResultCode.TOO_MANY_LINES;
        }
        medfeeFen = 0;
        fundSumFen = 0;
        acctFen = 0;
        for (int row = 0; row < count; row++) {
            final int at = first + row * blockLength;
            if (!isForm(buffer, at)) {
                request.lineIndex = row;
                return ResultCode.FIELD_MALFORMED;
            }
            medfeeFen += amountFen(buffer, at + MEDFEE);
            fundSumFen += amountFen(buffer, at + FUND_SUM);
            acctFen += amountFen(buffer, at + ACCT);
        }
        return ResultCode.OK;
    }

    /** A row names its settlement by the one or the other number. */
    private static boolean isForm(final DirectBuffer buffer, final int at) {
        final boolean hasSetlId = !Fields.isZero(buffer, at + SETL_ID, GatewayNumber.LENGTH);
        final boolean hasMsgid = !Fields.isZero(buffer, at + MSGID, Rows.MSGID_KEY);
        final byte refund = buffer.getByte(at + REFUND);
        return (hasSetlId || hasMsgid)
                && (!hasSetlId || Fields.isCode(buffer, at + SETL_ID, GatewayNumber.LENGTH))
                && (!hasMsgid || Fields.isCode(buffer, at + MSGID, Rows.MSGID_KEY))
                && Fields.isCode(buffer, at + PSN_NO, Rows.PERSON_KEY)
                && Fields.isCodeOrEmpty(buffer, at + MDTRT_ID, GatewayNumber.LENGTH)
                && (refund == 0 || refund == 1)
                && isAmount(amountFen(buffer, at + MEDFEE), refund)
                && isAmount(amountFen(buffer, at + FUND_SUM), refund)
                && isAmount(amountFen(buffer, at + ACCT), refund);
    }

    /** A settlement's amounts are not negative, a refund's are not positive. */
    private static boolean isAmount(final long amountFen, final byte refund) {
        return refund == 1
                ? amountFen <= 0 && amountFen >= -Limits.MAX_AMOUNT_FEN
                : amountFen >= 0 && amountFen <= Limits.MAX_AMOUNT_FEN;
    }

    private static long amountFen(final DirectBuffer buffer, final int field) {
        return buffer.getLong(field, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, StatementUploadOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        outcome.putBytes(
                encoder.offset() + StatementUploadOutcomeEncoder.fileQuryNoEncodingOffset(),
                request.buffer,
                request.body + NUMBER,
                Uploads.NUMBER_LENGTH);
        encoder.pieceIndex(decoder.pieceIndex())
                .rowCount(state.uploads.rows() + count)
                .previousSequence(state.uploads.lastSequence());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        state.uploads.add(request.timeMs, request.sequence, count, medfeeFen, fundSumFen, acctFen);
    }
}
