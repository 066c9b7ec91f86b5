package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 2601: undoes what a msgid did, or marks a msgid that never came so that it is refused when it comes. Keyed by psn_no,
 * omsgid, oinfno, because the sender by definition does not know setl_id. What it does to each kind of original says {@link Reversible}.
 * Idempotent; a reversal is not reversible.
 *
 * <p>Owned by the engine's thread.
 */
final class ReversalTransaction implements Transaction {
    private static final int TEMPLATE_LENGTH = 4;
    private static final int PSN_NO = ReversalDecoder.psnNoEncodingOffset();
    private static final int OMSGID = ReversalDecoder.omsgidEncodingOffset();
    private static final int OINFNO = ReversalDecoder.oinfnoEncodingOffset();
    private static final int OINFNO_LENGTH = 6;

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final OutcomeWriter writer;
    private final Reversals reversals;
    private final ReversalOutcomeEncoder encoder = new ReversalOutcomeEncoder();
    private Reversible original;
    private FlatTable originalDay;
    private int originalRow;
    private ReversalEffect effect;

    ReversalTransaction(
            final EngineState state, final MsgidRule msgidRule, final OutcomeWriter writer, final Reversals reversals) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.writer = writer;
        this.reversals = reversals;
    }

    @Override
    public int templateId() {
        return ReversalDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return ReversalDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int omsgid = request.body + OMSGID;
        final ResultCode form = msgidRule.check(buffer, omsgid, request.institutionRow, request.timeMs);
        if (form != ResultCode.OK && form != ResultCode.MSGID_MALFORMED) {
            return form;
        }
        final boolean codes = Fields.isCode(buffer, request.body + PSN_NO, Rows.PERSON_KEY)
                && Fields.isCode(buffer, request.body + OINFNO, OINFNO_LENGTH);
        if (form != ResultCode.OK || !codes || Fields.equal(buffer, omsgid, buffer, request.msgid(), Rows.MSGID_KEY)) {
            return ResultCode.FIELD_MALFORMED;
        }
        originalDay = state.msgids.table(msgidRule.timeMs);
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        if (request.regionRow < 0) {
            return ResultCode.OTHER_SHARD;
        }
        original = reversals.of(buffer, request.body + OINFNO);
        if (original == null) {
            return ResultCode.NOT_REVERSIBLE;
        }
        return findOriginal(request, omsgid);
    }

    private ResultCode findOriginal(final Request request, final int omsgid) {
        originalRow = originalDay.find(request.buffer, omsgid);
        if (originalRow < 0) {
            effect = ReversalEffect.MARKED;
            // One row for the request itself and one for the mark may fall into the same day.
            return originalDay.reserve(2) ? ResultCode.OK : ResultCode.CAPACITY;
        }
        if (originalDay.getShort(originalRow, Rows.MSGID_TEMPLATE) != template(request)) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        final int personRow = state.persons.find(request.buffer, request.body + PSN_NO);
        effect = switch (RecordState.get(originalDay.getByte(originalRow, Rows.MSGID_STATE))) {
            case DONE -> ReversalEffect.REVERSED;
            case REVERSED -> ReversalEffect.ALREADY_REVERSED;
            case CANCELLED -> ReversalEffect.ALREADY_CANCELLED;
            case MARKED -> ReversalEffect.MARKED;
            default -> ReversalEffect.NOTHING_TO_REVERSE;
        };
        if (effect != ReversalEffect.REVERSED) {
            return originalDay.getInt(originalRow, Rows.MSGID_PERSON) == personRow
                    ? ResultCode.OK
                    : ResultCode.REVERSAL_MISMATCH;
        }
        final ResultCode taken =
                original.take(request, BusinessTime.dayOf(msgidRule.timeMs), originalDay, originalRow, personRow);
        effect = original.effect();
        return taken;
    }

    /** The template of oinfno, which is one of those that can be reversed. */
    private static int template(final Request request) {
        return Fields.number(request.buffer, request.body + OINFNO, TEMPLATE_LENGTH);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, ReversalOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        encoder.effect(effect);
        final int block = encoder.offset();
        outcome.putBytes(
                block + ReversalOutcomeEncoder.omsgidEncodingOffset(),
                request.buffer,
                request.body + OMSGID,
                Rows.MSGID_KEY);
        outcome.putBytes(
                block + ReversalOutcomeEncoder.oinfnoEncodingOffset(),
                request.buffer,
                request.body + OINFNO,
                OINFNO_LENGTH);
        if (originalRow >= 0) {
            encoder.originalSequence(originalDay.getLong(originalRow, Rows.MSGID_SEQUENCE));
        }
        if (effect == ReversalEffect.REVERSED) {
            original.encode(encoder);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        if (effect == ReversalEffect.REVERSED) {
            original.commit(request);
        } else if (effect == ReversalEffect.MARKED && originalRow < 0) {
            final int row = originalDay.insert(request.buffer, request.body + OMSGID, Rows.MSGID_KEY);
            originalDay.putByte(row, Rows.MSGID_STATE, (byte) RecordState.MARKED.value());
            originalDay.putShort(row, Rows.MSGID_TEMPLATE, template(request));
            originalDay.putInt(row, Rows.MSGID_PERSON, state.persons.find(request.buffer, request.body + PSN_NO));
            originalDay.endWrite(row);
        }
    }
}
