package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.AdmissionDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * 2401: opens a stay and gives it its mdtrt_id and its number in the year of its begntime. A person is in one stay at a
 * time, wherever it is. Owned by the engine's thread.
 */
final class AdmissionTransaction implements Transaction {
    private static final int PSN_NO = AdmissionDecoder.psnNoEncodingOffset();
    private static final int CERT_TYPE = AdmissionDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = AdmissionDecoder.mdtrtCertNoEncodingOffset();
    private static final int INSUTYPE = AdmissionDecoder.insutypeEncodingOffset();
    private static final int MED_TYPE = AdmissionDecoder.medTypeEncodingOffset();
    private static final int IPT_NO = AdmissionDecoder.iptNoEncodingOffset();
    private static final int ATDDR_NO = AdmissionDecoder.atddrNoEncodingOffset();
    private static final int ADM_DEPT = AdmissionDecoder.admDeptCodgEncodingOffset();
    private static final int DISEASE = AdmissionDecoder.diseCodgEncodingOffset();
    private static final int CODE_LENGTH = 30;
    private static final int SHORT_LENGTH = 6;

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final Parties parties;
    private final VisitOutcomeWriter outcomeWriter;
    private final AdmissionDecoder decoder = new AdmissionDecoder();
    private final Diagnoses diagnoses = new Diagnoses();
    private final UnsafeBuffer mdtrtId = new UnsafeBuffer(new byte[GatewayNumber.LENGTH]);

    AdmissionTransaction(
            final EngineState state,
            final MsgidRule msgidRule,
            final Parties parties,
            final VisitOutcomeWriter outcomeWriter) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.parties = parties;
        this.outcomeWriter = outcomeWriter;
    }

    @Override
    public int templateId() {
        return AdmissionDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return AdmissionDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_WITH_PERSON_FROM_RULES_3;
    }

    @Override
    public ResultCode compute(final Request request) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        if (!isForm(request)) {
            return ResultCode.FIELD_MALFORMED;
        }
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final ResultCode entitled =
                parties.check(request, body + CERT_TYPE, body + CERT_NO, body + INSUTYPE, decoder.begntimeMs());
        if (entitled != ResultCode.OK) {
            return entitled;
        }
        if (!parties.isHospital(request) || !VisitKind.STAY.isMedType(buffer, body + MED_TYPE)) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        if (state.visits.stays.openStay(buffer, body + PSN_NO) >= 0) {
            return ResultCode.STAY_OPEN;
        }
        return state.visits.table.reserve(1) && state.visits.stays.reserve(buffer, body + PSN_NO)
                ? ResultCode.OK
                : ResultCode.CAPACITY;
    }

    private boolean isForm(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final boolean codes = Fields.isCode(buffer, body + PSN_NO, Rows.PERSON_KEY)
                && Credentials.isForm(buffer, body + CERT_TYPE, body + CERT_NO)
                && Fields.isCode(buffer, body + INSUTYPE, SHORT_LENGTH)
                && Fields.isCode(buffer, body + MED_TYPE, SHORT_LENGTH)
                && Fields.isCode(buffer, body + IPT_NO, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, body + ATDDR_NO, CODE_LENGTH)
                && Fields.isCode(buffer, body + ADM_DEPT, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, body + DISEASE, CODE_LENGTH);
        return codes
                && msgidRule.isWithinHorizon(decoder.begntimeMs(), request.timeMs)
                && diagnoses.isForm(request)
                && diagnoses.mainCode >= 0;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        GatewayNumber.put(mdtrtId, 0, outcomeWriter.region(), BusinessTime.dayOf(request.timeMs), request.sequence);
        return outcomeWriter.write(request, mdtrtId, 0, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        final Visits visits = state.visits;
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final int row = visits.open(VisitKind.STAY, mdtrtId, request);
        final int year = BusinessTime.yearOf(decoder.begntimeMs());
        final int number = visits.stays.admit(buffer, body + PSN_NO, year, row);
        final FlatTable table = visits.table;
        table.buffer(row).putShort(table.offset(row) + Rows.VISIT_STAY_NUMBER, (short) number);
        table.putLong(row, Rows.VISIT_BEGNTIME, decoder.begntimeMs());
        table.putBytes(row, Rows.VISIT_INSUTYPE, buffer, body + INSUTYPE, SHORT_LENGTH);
        table.putBytes(row, Rows.VISIT_MED_TYPE, buffer, body + MED_TYPE, SHORT_LENGTH);
        table.putBytes(row, Rows.VISIT_DISEASE, buffer, body + DISEASE, CODE_LENGTH);
        table.putBytes(row, Rows.VISIT_DIAGNOSIS, buffer, diagnoses.mainCode, CODE_LENGTH);
        visits.opened(row);
    }
}
