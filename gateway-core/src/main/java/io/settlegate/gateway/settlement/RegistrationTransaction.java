package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.RegistrationDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * 2201: registers an outpatient visit and gives it its mdtrt_id. It has no med_type before 2203 says one. Owned by the
 * engine's thread.
 */
final class RegistrationTransaction implements Transaction {
    private static final int PSN_NO = RegistrationDecoder.psnNoEncodingOffset();
    private static final int CERT_TYPE = RegistrationDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = RegistrationDecoder.mdtrtCertNoEncodingOffset();
    private static final int INSUTYPE = RegistrationDecoder.insutypeEncodingOffset();
    private static final int IPT_OTP_NO = RegistrationDecoder.iptOtpNoEncodingOffset();
    private static final int ATDDR_NO = RegistrationDecoder.atddrNoEncodingOffset();
    private static final int DEPT_CODE = RegistrationDecoder.deptCodeEncodingOffset();
    private static final int CATY = RegistrationDecoder.catyEncodingOffset();
    private static final int CODE_LENGTH = 30;
    private static final int SHORT_LENGTH = 6;

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final Parties parties;
    private final VisitOutcomeWriter outcomeWriter;
    private final RegistrationDecoder decoder = new RegistrationDecoder();
    private final UnsafeBuffer mdtrtId = new UnsafeBuffer(new byte[GatewayNumber.LENGTH]);

    RegistrationTransaction(
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
        return RegistrationDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return RegistrationDecoder.BLOCK_LENGTH;
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
        final int body = request.body;
        final ResultCode entitled =
                parties.check(request, body + CERT_TYPE, body + CERT_NO, body + INSUTYPE, decoder.begntimeMs());
        if (entitled != ResultCode.OK) {
            return entitled;
        }
        if (!parties.isHospital(request)) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        return state.visits.table.reserve(1) ? ResultCode.OK : ResultCode.CAPACITY;
    }

    private boolean isForm(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        return Fields.isCode(buffer, body + PSN_NO, Rows.PERSON_KEY)
                && Credentials.isForm(buffer, body + CERT_TYPE, body + CERT_NO)
                && Fields.isCode(buffer, body + INSUTYPE, SHORT_LENGTH)
                && Fields.isCode(buffer, body + IPT_OTP_NO, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, body + ATDDR_NO, CODE_LENGTH)
                && Fields.isCode(buffer, body + DEPT_CODE, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, body + CATY, SHORT_LENGTH)
                && msgidRule.isWithinHorizon(decoder.begntimeMs(), request.timeMs);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        GatewayNumber.put(mdtrtId, 0, outcomeWriter.region(), BusinessTime.dayOf(request.timeMs), request.sequence);
        return outcomeWriter.write(request, mdtrtId, 0, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        final Visits visits = state.visits;
        final int row = visits.open(VisitKind.OUTPATIENT, mdtrtId, request);
        visits.table.putLong(row, Rows.VISIT_BEGNTIME, decoder.begntimeMs());
        visits.table.putBytes(row, Rows.VISIT_INSUTYPE, request.buffer, request.body + INSUTYPE, SHORT_LENGTH);
        visits.opened(row);
    }
}
