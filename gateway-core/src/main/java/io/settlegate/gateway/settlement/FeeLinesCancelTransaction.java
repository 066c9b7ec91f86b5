package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelOutcomeEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * 2205 and 2302: takes the unsettled lines of a batch back, or with 0000 all unsettled ones of the visit. Not of a stay
 * that is discharged: its discharge must be taken back first. Owned by the engine's thread.
 */
final class FeeLinesCancelTransaction implements Transaction {
    private static final int BATCH = OutpatientFeeLinesCancelDecoder.chrgBchnoEncodingOffset();

    private final int templateId;
    private final VisitKind kind;
    private final EngineState state;
    private final KnownVisit visit;
    private final OutcomeWriter writer;
    private final OutpatientFeeLinesCancelOutcomeEncoder encoder = new OutpatientFeeLinesCancelOutcomeEncoder();
    private final int[] lineRows = new int[Limits.MAX_VISIT_LINES];
    private int lineCount;

    FeeLinesCancelTransaction(
            final int templateId,
            final VisitKind kind,
            final EngineState state,
            final KnownVisit visit,
            final OutcomeWriter writer) {
        this.templateId = templateId;
        this.kind = kind;
        this.state = state;
        this.visit = visit;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return templateId;
    }

    /** That of 2302 is the same. */
    @Override
    public int blockLength() {
        return OutpatientFeeLinesCancelDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        if (!KnownVisit.isForm(request, KnownVisit.MDTRT_ID)
                || !Fields.isCode(request.buffer, request.body + BATCH, Rows.LINE_BATCH_LENGTH)) {
            return ResultCode.FIELD_MALFORMED;
        }
        visit.look(request, kind, KnownVisit.MDTRT_ID);
        final ResultCode found = visit.check(request);
        if (found != ResultCode.OK) {
            return found;
        }
        if (state.visits.state(visit.visitRow) != Visits.OPEN) {
            return ResultCode.VISIT_STATE;
        }
        lineCount = state.visits.lines.collect(visit.visitRow, request.buffer, request.body + BATCH, lineRows);
        return lineCount == 0 ? ResultCode.NO_UNSETTLED_LINES : ResultCode.OK;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, OutpatientFeeLinesCancelOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.messageHeader.templateId(VisitOutcomeWriter.OUTCOME_OF_TEMPLATE + request.templateId);
        writer.header(encoder.header(), outcome, request);
        final int block = encoder.offset();
        outcome.putBytes(
                block + OutpatientFeeLinesCancelOutcomeEncoder.mdtrtIdEncodingOffset(),
                request.buffer,
                request.body + KnownVisit.MDTRT_ID,
                Rows.VISIT_KEY);
        outcome.putBytes(
                block + OutpatientFeeLinesCancelOutcomeEncoder.psnNoEncodingOffset(),
                request.buffer,
                request.body + KnownVisit.PSN_NO,
                Rows.PERSON_KEY);
        outcome.putBytes(
                block + OutpatientFeeLinesCancelOutcomeEncoder.chrgBchnoEncodingOffset(),
                request.buffer,
                request.body + BATCH,
                Rows.LINE_BATCH_LENGTH);
        long sumFen = 0;
        for (int line = 0; line < lineCount; line++) {
            sumFen += state.visits.lines.amountFen(lineRows[line]);
        }
        encoder.lineCount(lineCount).medfeeSumamtFen(sumFen);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        state.visits.lines.removeUnsettled(visit.visitRow, request.buffer, request.body + BATCH);
    }
}
