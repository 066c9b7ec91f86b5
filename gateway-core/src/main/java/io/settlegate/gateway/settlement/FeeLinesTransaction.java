package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 2204 and 2301: stages fee lines under a visit, all or none, and answers how each is split. Not to a stay that is
 * discharged: its discharge must be taken back first. Owned by the engine's thread.
 */
final class FeeLinesTransaction implements Transaction {
    private static final int BATCH = OutpatientFeeLinesDecoder.chrgBchnoEncodingOffset();

    private final int templateId;
    private final VisitKind kind;
    private final EngineState state;
    private final KnownVisit visit;
    private final UploadedLines lines;
    private final FeeLinesOutcomeWriter outcomeWriter;

    FeeLinesTransaction(
            final int templateId,
            final VisitKind kind,
            final EngineState state,
            final KnownVisit visit,
            final UploadedLines lines,
            final FeeLinesOutcomeWriter outcomeWriter) {
        this.templateId = templateId;
        this.kind = kind;
        this.state = state;
        this.visit = visit;
        this.lines = lines;
        this.outcomeWriter = outcomeWriter;
    }

    @Override
    public int templateId() {
        return templateId;
    }

    /** That of 2301 is the same. */
    @Override
    public int blockLength() {
        return OutpatientFeeLinesDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int batch = request.body + BATCH;
        if (!KnownVisit.isForm(request, KnownVisit.MDTRT_ID)
                || !Fields.isCode(buffer, batch, Rows.LINE_BATCH_LENGTH)
                || FeeLines.isEveryBatch(buffer, batch)) {
            return ResultCode.FIELD_MALFORMED;
        }
        final ResultCode form = lines.checkForm(request);
        if (form != ResultCode.OK) {
            return form;
        }
        visit.look(request, kind, KnownVisit.MDTRT_ID);
        final ResultCode repeated = lines.checkRepeated(request, state.visits.lines, visit.visitRow);
        return repeated == ResultCode.OK ? checkVisit(request) : repeated;
    }

    private ResultCode checkVisit(final Request request) {
        final ResultCode found = visit.check(request);
        if (found != ResultCode.OK) {
            return found;
        }
        final ResultCode times = lines.checkTimes(request, state.visits.begntimeMs(visit.visitRow));
        if (times != ResultCode.OK) {
            return times;
        }
        if (state.visits.state(visit.visitRow) != Visits.OPEN) {
            return ResultCode.VISIT_STATE;
        }
        final ResultCode terms = lines.findTerms(request);
        if (terms != ResultCode.OK) {
            return terms;
        }
        final ResultCode amounts = lines.split(request);
        if (amounts != ResultCode.OK) {
            return amounts;
        }
        return state.visits.lines.table.reserve(lines.count) ? ResultCode.OK : ResultCode.CAPACITY;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        return outcomeWriter.write(lines, request, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        final FeeLines feeLines = state.visits.lines;
        feeLines.beginAdding(visit.visitRow);
        for (int line = 0; line < lines.count; line++) {
            fill(line, feeLines.add(request.buffer, lines.feedetlSn(line), request.body + BATCH));
        }
        feeLines.endAdding();
        state.visits.touch(visit.visitRow);
    }

    private void fill(final int line, final int row) {
        final FlatTable table = state.visits.lines.table;
        final int at = table.offset(row);
        table.putByte(row, Rows.LINE_LV, (byte) '0');
        table.putByte(row, Rows.LINE_LV + 1, (byte) ('0' + lines.classes[line]));
        table.putByte(row, Rows.LINE_ESSENTIAL, lines.essentialFlags[line]);
        table.buffer(row).putShort(at + Rows.LINE_SELFPAY_E4, (short) lines.selfpayE4[line]);
        table.putInt(row, Rows.LINE_ITEM, lines.itemRows[line]);
        table.putLong(row, Rows.LINE_AMOUNT, lines.amountFen(line));
        table.putLong(row, Rows.LINE_CNT_E4, lines.cntE4(line));
        table.putLong(row, Rows.LINE_PRIC_E6, lines.pricE6(line));
        table.putLong(row, Rows.LINE_OCUR_MS, lines.ocurMs(line));
        table.putLong(row, Rows.LINE_OWNPAY, lines.ownpayFen[line]);
        table.putLong(row, Rows.LINE_OVERLMT, lines.overlmtFen[line]);
        table.putLong(row, Rows.LINE_PRESELFPAY, lines.preselfpayFen[line]);
        table.putLong(row, Rows.LINE_INSCP, lines.inscpFen[line]);
        table.putLong(row, Rows.LINE_CEILING_E6, lines.ceilingE6[line]);
    }
}
