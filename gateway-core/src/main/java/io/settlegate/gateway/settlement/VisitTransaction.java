package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.VisitDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 2203: kind and diagnoses of an outpatient visit. The latest one counts; once a settlement stands it must say what
 * stands. Its begntime is kept in the journal only, because that of the registration picks policy and year. Owned by
 * the engine's thread.
 */
final class VisitTransaction implements Transaction {
    private static final int MED_TYPE = VisitDecoder.medTypeEncodingOffset();
    private static final int DISEASE = VisitDecoder.diseCodgEncodingOffset();
    private static final int MED_TYPE_LENGTH = 6;

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final KnownVisit visit;
    private final VisitOutcomeWriter outcomeWriter;
    private final VisitDecoder decoder = new VisitDecoder();
    private final Diagnoses diagnoses = new Diagnoses();

    VisitTransaction(
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
        return VisitDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return VisitDecoder.BLOCK_LENGTH;
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
        visit.look(request, VisitKind.OUTPATIENT, KnownVisit.MDTRT_ID);
        final ResultCode parties = visit.checkParties(request);
        if (parties != ResultCode.OK) {
            return parties;
        }
        if (!VisitKind.OUTPATIENT.isMedType(request.buffer, request.body + MED_TYPE)) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        if (visit.found() != ResultCode.OK) {
            return visit.found();
        }
        return state.visits.settlements(visit.visitRow) == 0 || isUnchanged(request)
                ? ResultCode.OK
                : ResultCode.VISIT_STATE;
    }

    private boolean isForm(final Request request) {
        return KnownVisit.isForm(request, KnownVisit.MDTRT_ID)
                && Fields.isCode(request.buffer, request.body + MED_TYPE, MED_TYPE_LENGTH)
                && Fields.isCodeOrEmpty(request.buffer, request.body + DISEASE, Rows.DISEASE_LENGTH)
                && decoder.begntimeMs() > 0
                && !msgidRule.isAhead(decoder.begntimeMs(), request.timeMs)
                && diagnoses.isForm(request)
                && diagnoses.mainCode >= 0;
    }

    private boolean isUnchanged(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final int row = visit.visitRow;
        return state.visits.holds(row, Rows.VISIT_MED_TYPE, buffer, body + MED_TYPE, MED_TYPE_LENGTH)
                && state.visits.holds(row, Rows.VISIT_DISEASE, buffer, body + DISEASE, Rows.DISEASE_LENGTH)
                && state.visits.holds(row, Rows.VISIT_DIAGNOSIS, buffer, diagnoses.mainCode, Rows.DIAGNOSIS_LENGTH);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        return outcomeWriter.write(request, request.buffer, request.body + KnownVisit.MDTRT_ID, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        final FlatTable table = state.visits.table;
        final int row = visit.visitRow;
        table.beginWrite(row);
        table.putBytes(row, Rows.VISIT_MED_TYPE, request.buffer, request.body + MED_TYPE, MED_TYPE_LENGTH);
        table.putBytes(row, Rows.VISIT_DISEASE, request.buffer, request.body + DISEASE, Rows.DISEASE_LENGTH);
        table.putBytes(row, Rows.VISIT_DIAGNOSIS, request.buffer, diagnoses.mainCode, Rows.DIAGNOSIS_LENGTH);
        table.endWrite(row);
    }
}
