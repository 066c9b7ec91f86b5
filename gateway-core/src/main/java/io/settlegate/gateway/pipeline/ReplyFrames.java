package io.settlegate.gateway.pipeline;

import io.settlegate.journal.JournalReader;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.BusyEncoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RefusalEncoder;
import io.settlegate.protocol.codec.RefusedOutcomeDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.ReplyEncoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes what the reply stage sends. A repeat gets the first outcome and receipt from the journal, byte for byte, in a fresh
 * envelope; a query gets its own outcome and beside it the one it found.
 *
 * <p>One thread. A record that the engine names and the journal cannot show is a fault of the gateway and throws; so does one that an
 * operator archived, with an exception of its own, and nothing of the reply is to be sent then.
 */
final class ReplyFrames {
    private static final int MSGID_OFFSET =
            MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.msgidEncodingOffset();
    private static final int LATER_MS = 200;
    private static final int MAX_RECEIPT_LENGTH = 4096;

    private final JournalReader reader;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Limits.FRAME_LENGTH_LENGTH + Limits.MAX_FRAME_LENGTH]);
    private final UnsafeBuffer receipt = new UnsafeBuffer(new byte[MAX_RECEIPT_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder outcomeType = new MessageHeaderDecoder();
    private final ReplyEncoder reply = new ReplyEncoder();
    private final BusyEncoder busy = new BusyEncoder();
    private final RefusalEncoder refusal = new RefusalEncoder();
    private final RepeatOutcomeDecoder repeatOutcome = new RepeatOutcomeDecoder();
    private final QueryOutcomeDecoder queryOutcome = new QueryOutcomeDecoder();
    private boolean repeat;

    ReplyFrames(final JournalReader reader) {
        this.reader = reader;
    }

    /** Where the frames are encoded, from offset 0, length field included. */
    DirectBuffer buffer() {
        return frame;
    }

    /** True if the last reply was a repeat's. */
    boolean isRepeat() {
        return repeat;
    }

    /** @return bytes of the frame. */
    int refusal(final RequestSlot slot, final ResultCode code) {
        refusal.wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header)
                .correlationId(slot.correlationId())
                .putMsgid(slot.frame(), slot.operator() == null ? MSGID_OFFSET : ActReplies.ACT_ID_OFFSET)
                .code(code.code());
        return finish(refusal.encodedLength());
    }

    /**
     * The outcome, and what it found.
     *
     * @return bytes of the frame.
     * @throws io.settlegate.journal.RecordArchivedException if it would have to be read from a segment that was removed.
     */
    int reply(final RequestSlot slot, final ResultCode code) {
        outcomeType.wrap(slot.outcome(), 0);
        repeat = outcomeType.templateId() == RepeatOutcomeDecoder.TEMPLATE_ID;
        reply.wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header).correlationId(slot.correlationId());
        if (repeat) {
            repeatOutcome.wrapAndApplyHeader(slot.outcome(), 0, outcomeType);
            reply.kind(ReplyKind.REPEAT).state(repeatOutcome.state());
            final RecordView first = record(repeatOutcome.firstSequence());
            final long found = foundSequence(first.buffer(), first.outcomeOffset());
            putRecord(repeatOutcome.firstSequence(), first, Place.OUTCOME);
            putFound(found);
        } else {
            reply.kind(ReplyKind.FIRST).state(stateAfter(slot.templateId(), code));
            reply.putOutcome(slot.outcome(), 0, slot.outcomeLength());
            reply.putReceipt(receipt, 0, slot.batch().encodeReceipt(slot.leafIndex(), receipt, 0));
            putFound(foundSequence(slot.outcome(), 0));
        }
        return finish(reply.encodedLength());
    }

    /**
     * What the desk needs to answer a query.
     *
     * @return null where the query, or its first sending, was refused.
     * @throws io.settlegate.journal.RecordArchivedException if the first answer was removed.
     */
    DeskQuestion question(final RequestSlot slot) {
        outcomeType.wrap(slot.outcome(), 0);
        repeat = outcomeType.templateId() == RepeatOutcomeDecoder.TEMPLATE_ID;
        final byte[] outcome;
        final int receiptLength;
        if (repeat) {
            repeatOutcome.wrapAndApplyHeader(slot.outcome(), 0, outcomeType);
            final long sequence = repeatOutcome.firstSequence();
            final RecordView first = record(sequence);
            outcome = copy(first.buffer(), first.outcomeOffset(), first.outcomeLength());
            receiptLength = reader.encodeReceipt(sequence, receipt, 0);
        } else {
            outcome = copy(slot.outcome(), 0, slot.outcomeLength());
            receiptLength = slot.batch().encodeReceipt(slot.leafIndex(), receipt, 0);
        }
        if (outcomeType.wrap(new UnsafeBuffer(outcome), 0).templateId() == RefusedOutcomeDecoder.TEMPLATE_ID) {
            return null;
        }
        return new DeskQuestion(
                slot.session(),
                slot.correlationId(),
                slot.templateId(),
                slot.sequence(),
                copy(slot.frameBuffer(), 0, slot.frameLength()),
                repeat ? ReplyKind.REPEAT : ReplyKind.FIRST,
                outcome,
                copy(receipt, 0, receiptLength));
    }

    private static byte[] copy(final DirectBuffer source, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        source.getBytes(offset, bytes);
        return bytes;
    }

    /**
     * The query was recorded, and there is no room at the desk.
     *
     * @return bytes of the frame.
     */
    int later(final RequestSlot slot) {
        busy.wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header)
                .correlationId(slot.correlationId())
                .putMsgid(slot.frame(), MSGID_OFFSET)
                .code(ResultCode.PAGE_LATER.code())
                .retryAfterMs(LATER_MS);
        return finish(busy.encodedLength());
    }

    /** An act's own outcome and receipt. @return bytes of the frame. */
    int actReply(final RequestSlot slot, final ResultCode code) {
        reply.wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header)
                .correlationId(slot.correlationId())
                .kind(ReplyKind.FIRST)
                .state(code == ResultCode.OK ? RecordState.DONE : RecordState.REFUSED);
        reply.putOutcome(slot.outcome(), 0, slot.outcomeLength());
        reply.putReceipt(receipt, 0, slot.batch().encodeReceipt(slot.leafIndex(), receipt, 0));
        putFound(0);
        return finish(reply.encodedLength());
    }

    /** What this answer says of its msgid. A code that binds nothing says nothing: an earlier try may have settled. */
    private static RecordState stateAfter(final int templateId, final ResultCode code) {
        if (templateId == SignInDecoder.TEMPLATE_ID || !code.binds()) {
            return RecordState.UNKNOWN;
        }
        if (code == ResultCode.REVERSED_BEFORE_ARRIVAL) {
            return RecordState.MARKED;
        }
        return code == ResultCode.OK ? RecordState.DONE : RecordState.REFUSED;
    }

    private enum Place {
        OUTCOME,
        ANSWER
    }

    /** What a query's outcome found; 0 for nothing, and for every other outcome. */
    private long foundSequence(final DirectBuffer outcome, final int offset) {
        outcomeType.wrap(outcome, offset);
        return outcomeType.templateId() == QueryOutcomeDecoder.TEMPLATE_ID
                ? queryOutcome.wrapAndApplyHeader(outcome, offset, outcomeType).firstSequence()
                : 0;
    }

    private void putFound(final long sequence) {
        if (sequence == 0) {
            reply.putAnswer(receipt, 0, 0).putAnswerReceipt(receipt, 0, 0);
        } else {
            putRecord(sequence, record(sequence), Place.ANSWER);
        }
    }

    private RecordView record(final long sequence) {
        final RecordView record = reader.read(sequence);
        if (record == null) {
            throw new IllegalStateException("record " + sequence + " is not within the durable part of the journal");
        }
        return record;
    }

    private void putRecord(final long sequence, final RecordView record, final Place place) {
        if (place == Place.OUTCOME) {
            reply.putOutcome(record.buffer(), record.outcomeOffset(), record.outcomeLength());
            reply.putReceipt(receipt, 0, reader.encodeReceipt(sequence, receipt, 0));
        } else {
            reply.putAnswer(record.buffer(), record.outcomeOffset(), record.outcomeLength());
            reply.putAnswerReceipt(receipt, 0, reader.encodeReceipt(sequence, receipt, 0));
        }
    }

    private int finish(final int bodyLength) {
        final int frameLength = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        frame.putInt(0, frameLength, ByteOrder.LITTLE_ENDIAN);
        return Limits.FRAME_LENGTH_LENGTH + frameLength;
    }
}
