package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeEncoder;
import io.settlegate.protocol.codec.RecordState;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * 2103: undoes a settlement by its setl_id, as long as the day of the settlement's msgid is within the horizon. A row of its
 * own with negative amounts, and a setl_id of its own. A cancel cannot be undone; a frozen person's settlement may be.
 *
 * <p>Owned by the engine's thread.
 */
final class CancelTransaction implements Transaction {
    private static final int PSN_NO = PharmacyCancelDecoder.psnNoEncodingOffset();
    private static final int SETL_ID = PharmacyCancelDecoder.setlIdEncodingOffset();

    private final EngineState state;
    private final OutcomeWriter writer;
    private final Undo undo;
    private final PharmacyCancelOutcomeEncoder encoder = new PharmacyCancelOutcomeEncoder();
    private final UnsafeBuffer found = new UnsafeBuffer(new byte[GatewayNumber.LENGTH]);
    private FlatTable originalDay;
    private int originalRow;

    CancelTransaction(final EngineState state, final OutcomeWriter writer, final Undo undo) {
        this.state = state;
        this.writer = writer;
        this.undo = undo;
    }

    @Override
    public int templateId() {
        return PharmacyCancelDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return PharmacyCancelDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        final DirectBuffer buffer = request.buffer;
        if (!Fields.isCode(buffer, request.body + PSN_NO, Rows.PERSON_KEY)
                || !GatewayNumber.isNumber(buffer, request.body + SETL_ID)) {
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

    /** The sequence finds the settlement; region and day of the setl_id must be its too. */
    private boolean isKnown(final Request request) {
        final int setlId = request.body + SETL_ID;
        if (!state.msgids.findSettlement(GatewayNumber.sequence(request.buffer, setlId))) {
            return false;
        }
        originalDay = state.msgids.foundDay;
        originalRow = state.msgids.foundRow;
        final int at = originalDay.offset(originalRow);
        final int day = originalDay.buffer(originalRow).getShort(at + Rows.MSGID_SETL_DAY) & 0xFFFF;
        GatewayNumber.put(found, 0, writer.region(), day, originalDay.getLong(originalRow, Rows.MSGID_SEQUENCE));
        return Fields.equal(found, 0, request.buffer, setlId, GatewayNumber.LENGTH);
    }

    private ResultCode checkOriginal(final Request request) {
        final UnsafeBuffer original = originalDay.buffer(originalRow);
        final int at = originalDay.offset(originalRow);
        // A msgid opens with its institution's code.
        final boolean sameInstitution =
                Fields.equal(request.buffer, request.msgid(), original, at, Rows.INSTITUTION_KEY);
        final boolean samePerson =
                Fields.equal(request.buffer, request.body + PSN_NO, original, at + Rows.MSGID_PSN_NO, Rows.PERSON_KEY);
        if (!sameInstitution || !samePerson) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        if (originalDay.getByte(originalRow, Rows.MSGID_STATE) != RecordState.DONE.value()) {
            return ResultCode.ALREADY_UNDONE;
        }
        final int personRow = state.persons.find(request.buffer, request.body + PSN_NO);
        return undo.reserve(originalDay, originalRow, personRow) ? ResultCode.OK : ResultCode.CAPACITY;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, PharmacyCancelOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
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
        outcome.putBytes(
                block + PharmacyCancelOutcomeEncoder.originalMsgidEncodingOffset(),
                originalDay.buffer(originalRow),
                originalDay.offset(originalRow),
                Rows.MSGID_KEY);
        outcome.putBytes(
                block + PharmacyCancelOutcomeEncoder.psnNoEncodingOffset(),
                request.buffer,
                request.body + PSN_NO,
                Rows.PERSON_KEY);
        encoder.setlTimeMs(request.timeMs)
                .medfeeSumamtFen(-undo.medfeeFen())
                .hifpPayFen(-undo.hifpFen())
                .fundPaySumamtFen(-undo.hifpFen())
                .psnPartAmtFen(undo.hifpFen() - undo.medfeeFen())
                .acctPayFen(-undo.acctFen())
                .psnCashPayFen(-undo.cashFen())
                .balcFen(undo.balanceAfterFen());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        undo.commit(RecordState.CANCELLED);
    }
}
