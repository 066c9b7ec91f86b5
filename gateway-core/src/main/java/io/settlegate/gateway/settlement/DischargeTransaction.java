package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.DischargeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 2402: ends a stay; then what is left of it may be settled, and its lines stay as they are. Diagnoses and dise_codg
 * replace those of the admission where there are any. Owned by the engine's thread.
 */
final class DischargeTransaction implements Transaction {
    private static final int WAY = DischargeDecoder.dscgWayEncodingOffset();
    private static final int WAY_LENGTH = DischargeDecoder.dscgWayEncodingLength();
    private static final int DISEASE = DischargeDecoder.diseCodgEncodingOffset();

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final KnownVisit visit;
    private final VisitOutcomeWriter outcomeWriter;
    private final DischargeDecoder decoder = new DischargeDecoder();
    private final Diagnoses diagnoses = new Diagnoses();

    DischargeTransaction(
            final EngineState state,
            final MsgidRule msgidRule,
            final KnownVisit visit,
            final VisitOutcomeWriter outcomeWriter) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.visit = visit;
        this.outcomeWriter = outcomeWriter;
    }

    @Override
    public int templateId() {
        return DischargeDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return DischargeDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        if (!isForm(request)) {
            return ResultCode.FIELD_MALFORMED;
        }
        visit.look(request, VisitKind.STAY, KnownVisit.MDTRT_ID);
        final ResultCode found = visit.check(request);
        if (found != ResultCode.OK) {
            return found;
        }
        final Visits visits = state.visits;
        final long endtimeMs = decoder.endtimeMs();
        if (endtimeMs < visits.begntimeMs(visit.visitRow) || endtimeMs < visits.lines.latestOcurMs(visit.visitRow)) {
            return ResultCode.VISIT_MISMATCH;
        }
        return visits.state(visit.visitRow) == Visits.OPEN ? ResultCode.OK : ResultCode.VISIT_STATE;
    }

    private boolean isForm(final Request request) {
        return KnownVisit.isForm(request, KnownVisit.MDTRT_ID)
                && decoder.endtimeMs() > 0
                && !msgidRule.isAhead(decoder.endtimeMs(), request.timeMs)
                && isWay(request.buffer, request.body + WAY)
                && Fields.isCodeOrEmpty(request.buffer, request.body + DISEASE, Rows.DISEASE_LENGTH)
                && diagnoses.isForm(request);
    }

    private static boolean isWay(final DirectBuffer buffer, final int at) {
        final byte way = buffer.getByte(at);
        return ((way >= '1' && way <= '5') || way == '9') && Fields.isZero(buffer, at + 1, WAY_LENGTH - 1);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        return outcomeWriter.write(request, request.buffer, request.body + KnownVisit.MDTRT_ID, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final FlatTable table = state.visits.table;
        final int row = visit.visitRow;
        table.beginWrite(row);
        if (!Fields.isZero(buffer, request.body + DISEASE, Rows.DISEASE_LENGTH)) {
            table.putBytes(row, Rows.VISIT_DISEASE, buffer, request.body + DISEASE, Rows.DISEASE_LENGTH);
        }
        if (diagnoses.mainCode >= 0) {
            table.putBytes(row, Rows.VISIT_DIAGNOSIS, buffer, diagnoses.mainCode, Rows.DIAGNOSIS_LENGTH);
        }
        state.visits.discharge(row, decoder.endtimeMs(), request.sequence);
        table.endWrite(row);
        state.visits.stays.discharge(buffer, request.body + KnownVisit.PSN_NO);
    }
}
