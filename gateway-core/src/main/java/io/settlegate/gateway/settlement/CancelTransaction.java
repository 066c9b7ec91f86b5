package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Shares;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * 2103, 2208, and 2305: undoes a settlement by its setl_id, as long as the settlement's day is within the horizon. A row of its own with negative
 * amounts, and a setl_id of its own. A frozen person's settlement may be undone too. Whether a settlement may be
 * cancelled on which later ones stand is the policy's to say; one whose day is closed at its office is not.
 *
 * <p>Owned by the engine's thread.
 */
final class CancelTransaction implements Transaction {
    private static final int OUTCOME_OF_TEMPLATE = 10_000;
    private static final int PSN_NO = PharmacyCancelDecoder.psnNoEncodingOffset();

    private final CancelKind kind;
    private final EngineState state;
    private final OutcomeWriter writer;
    private final Undo undo;
    private final LaterSettlements later;
    private final PharmacyCancelOutcomeEncoder encoder = new PharmacyCancelOutcomeEncoder();
    private final UnsafeBuffer found = new UnsafeBuffer(new byte[GatewayNumber.LENGTH]);

    CancelTransaction(final CancelKind kind, final EngineState state, final OutcomeWriter writer, final Undo undo) {
        this.kind = kind;
        this.state = state;
        this.writer = writer;
        this.undo = undo;
        this.later = new LaterSettlements(state);
    }

    @Override
    public int templateId() {
        return kind.templateId;
    }

    @Override
    public int blockLength() {
        return kind.blockLength;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_WITH_PERSON_FROM_RULES_3;
    }

    @Override
    public ResultCode compute(final Request request) {
        final DirectBuffer buffer = request.buffer;
        if (!Fields.isCode(buffer, request.body + PSN_NO, Rows.PERSON_KEY)
                || !GatewayNumber.isNumber(buffer, request.body + kind.setlId)
                || (kind.namesVisit() && !GatewayNumber.isNumber(buffer, request.body + KnownVisit.MDTRT_ID))) {
            return ResultCode.FIELD_MALFORMED;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        if (request.regionRow < 0) {
            return ResultCode.OTHER_SHARD;
        }
        return isKnown(request) ? checkOriginal(request) : ResultCode.SETL_UNKNOWN;
    }

    /** Day and sequence find the settlement; the region of the setl_id must be this gateway's too. */
    private boolean isKnown(final Request request) {
        final int setlId = request.body + kind.setlId;
        final SettlementDays settlements = state.settlements;
        final int day = GatewayNumber.day(request.buffer, setlId);
        if (!settlements.find(day, GatewayNumber.sequence(request.buffer, setlId))) {
            return false;
        }
        GatewayNumber.put(found, 0, writer.region(), day, settlements.sequence());
        return Fields.equal(found, 0, request.buffer, setlId, GatewayNumber.LENGTH);
    }

    private ResultCode checkOriginal(final Request request) {
        final SettlementDays settlements = state.settlements;
        final boolean sameInstitution = settlements.institutionRow() == request.institutionRow;
        final int person = state.persons.find(request.buffer, request.body + PSN_NO);
        if (!sameInstitution || person != settlements.personRow()) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        if (!undo.reserve() || !state.cancels.reserve(request.msgidDay)) {
            return ResultCode.CAPACITY;
        }
        if (!isOfVisit(request)) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        if (settlements.isUndone()) {
            return ResultCode.ALREADY_UNDONE;
        }
        if (state.clearings.closedThrough(settlements.regionRow()) >= settlements.businessDay()) {
            return ResultCode.PERIOD_CLOSED;
        }
        final boolean isInTheWay =
                !undo.isRecomputed() && later.standOn(undo.visitRow(), undo.original, undo.diseaseRow());
        return isInTheWay ? ResultCode.LATER_SETTLEMENTS : ResultCode.OK;
    }

    /** Whether the settlement is of this kind, and of the visit that the request names. */
    private boolean isOfVisit(final Request request) {
        final int visitRow = undo.visitRow();
        if (!kind.namesVisit() || visitRow < 0) {
            return !kind.namesVisit() && visitRow < 0;
        }
        final FlatTable visits = state.visits.table;
        return state.visits.isOf(visitRow, kind.visitKind())
                && Fields.equal(
                        request.buffer,
                        request.body + KnownVisit.MDTRT_ID,
                        visits.buffer(visitRow),
                        visits.offset(visitRow),
                        Rows.VISIT_KEY);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, PharmacyCancelOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.messageHeader.templateId(OUTCOME_OF_TEMPLATE + kind.templateId);
        writer.header(encoder.header(), outcome, request);
        final int block = encoder.offset();
        GatewayNumber.put(
                outcome,
                block + PharmacyCancelOutcomeEncoder.setlIdEncodingOffset(),
                writer.region(),
                BusinessTime.dayOf(request.timeMs),
                request.sequence);
        outcome.putBytes(
                block + PharmacyCancelOutcomeEncoder.originalSetlIdEncodingOffset(), found, 0, GatewayNumber.LENGTH);
        undo.putMsgid(outcome, block + PharmacyCancelOutcomeEncoder.originalMsgidEncodingOffset());
        outcome.putBytes(
                block + PharmacyCancelOutcomeEncoder.psnNoEncodingOffset(),
                request.buffer,
                request.body + PSN_NO,
                Rows.PERSON_KEY);
        if (kind.namesVisit()) {
            outcome.putBytes(
                    block + PharmacyCancelOutcomeEncoder.mdtrtIdEncodingOffset(),
                    request.buffer,
                    request.body + KnownVisit.MDTRT_ID,
                    GatewayNumber.LENGTH);
        }
        final Shares original = undo.original;
        encoder.setlTimeMs(request.timeMs)
                .medfeeSumamtFen(-original.medfeeSumamtFen)
                .hifpPayFen(-original.hifpPayFen)
                .fundPaySumamtFen(-original.fundPaySumamtFen)
                .psnPartAmtFen(-original.psnPartFen)
                .acctPayFen(-original.acctPayFen)
                .psnCashPayFen(-original.psnCashPayFen)
                .balcFen(undo.balanceAfterFen())
                .fulamtOwnpayAmtFen(-original.fulamtOwnpayFen)
                .overlmtSelfpayFen(-original.overlmtSelfpayFen)
                .preselfpayAmtFen(-original.preselfpayFen)
                .inscpScpAmtFen(-original.inscpScpFen)
                .actPayDedcFen(-original.actPayDedcFen)
                .cvlservPayFen(-original.cvlservPayFen)
                .hifesPayFen(-original.hifesPayFen)
                .hifmiPayFen(-original.hifmiPayFen)
                .hifobPayFen(-original.hifobPayFen)
                .mafPayFen(-original.mafPayFen)
                .othPayFen(-original.othPayFen)
                .hospPartAmtFen(-original.hospPartFen)
                .acctMulaidPayFen(-original.acctMulaidPayFen);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        undo.commitCancel(request);
    }
}
