package io.settlegate.gateway.inspection;

import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import io.settlegate.protocol.codec.SignOutDecoder;

/**
 * Finds one record by its sequence, its setl_id, or the msgid whose first answer it is. Computes nothing.
 *
 * <p>One thread; blocks on the disk.
 */
public final class RecordFinder {
    private static final int SEQUENCE_START = 14;

    private final JournalFollower follower;
    private final MessageHeaderDecoder message = new MessageHeaderDecoder();
    private final RequestHeaderDecoder request = new RequestHeaderDecoder();
    private final OutcomeHeaderDecoder outcome = new OutcomeHeaderDecoder();
    private final RepeatOutcomeDecoder repeat = new RepeatOutcomeDecoder();
    private long bindingSequence;
    private long otherSequence;

    /**
     * What was found.
     *
     * @param sequence of the record, -1 if there is none.
     * @param words why there is none.
     */
    public record Found(long sequence, String words) {
        private static Found of(final long sequence) {
            return new Found(sequence, "");
        }

        private static Found nothing(final String words) {
            return new Found(-1, words);
        }
    }

    public RecordFinder(final JournalFollower follower) {
        this.follower = follower;
    }

    public Found bySequence(final long sequence) {
        final long last = follower.lastSequence();
        return sequence <= last
                ? Found.of(sequence)
                : Found.nothing("there is no durable record " + sequence + "; the last is " + last);
    }

    /** @param setlId thirty digits, of which the last sixteen are the sequence. */
    public Found bySetlId(final String setlId) {
        final Found found = bySequence(Long.parseLong(setlId.substring(SEQUENCE_START)));
        if (found.sequence() < 0) {
            return found;
        }
        final RecordView record = at(found.sequence());
        final String given = new MessageDecoder(MessageDecoder.Rows.COUNTED)
                .decode(record.buffer(), record.outcomeOffset(), record.outcomeLength())
                .path("setlId")
                .asText();
        return given.equals(setlId)
                ? found
                : Found.nothing("record " + found.sequence() + " settled nothing under this setl_id");
    }

    /** The record whose answer a repeat of this one got: of a repeat the first, of any other record itself. */
    public long firstOf(final long sequence) {
        final RecordView record = at(sequence);
        if (record.kind() != RecordKind.COMMAND || record.outcomeLength() < MessageHeaderDecoder.ENCODED_LENGTH) {
            return sequence;
        }
        message.wrap(record.buffer(), record.outcomeOffset());
        return message.templateId() == RepeatOutcomeDecoder.TEMPLATE_ID
                ? repeat.wrapAndApplyHeader(record.buffer(), record.outcomeOffset(), message)
                        .firstSequence()
                : sequence;
    }

    /** A durable record, valid until the next call. */
    public RecordView at(final long sequence) {
        follower.seek(sequence);
        if (!follower.nextBatch()) {
            throw new IllegalStateException("record " + sequence + " was durable and cannot be read");
        }
        return follower.get((int) (sequence - follower.seal().firstSequence()));
    }

    /** The first outcome that bound the msgid; if none did, the first that was given under it. */
    public Found byMsgid(final String msgid) {
        bindingSequence = -1;
        otherSequence = -1;
        final int horizonDays =
                EngineParameters.decode(follower.genesis().engineParameters()).horizonDays();
        new RecordSearch(msgid, horizonDays).find(follower, (at, index) -> consider(at.get(index), msgid));
        if (bindingSequence >= 0 || otherSequence >= 0) {
            return Found.of(bindingSequence >= 0 ? bindingSequence : otherSequence);
        }
        return Found.nothing(
                "no durable record is of this msgid between an hour before its time and a horizon after it");
    }

    private void consider(final RecordView record, final String msgid) {
        if (record.commandLength() < MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.ENCODED_LENGTH
                || record.outcomeLength() < MessageHeaderDecoder.ENCODED_LENGTH + OutcomeHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        message.wrap(record.buffer(), record.commandOffset());
        final int templateId = message.templateId();
        if (message.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return;
        }
        request.wrap(record.buffer(), record.commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        message.wrap(record.buffer(), record.outcomeOffset());
        if (!request.msgid().equals(msgid) || message.templateId() == RepeatOutcomeDecoder.TEMPLATE_ID) {
            return;
        }
        outcome.wrap(record.buffer(), record.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        // A sign-in takes its number before it knows its lane, and binds none.
        final boolean isOfSession = templateId == SignInDecoder.TEMPLATE_ID || templateId == SignOutDecoder.TEMPLATE_ID;
        if (!isOfSession && ResultCode.of(outcome.code()).binds()) {
            bindingSequence = bindingSequence < 0 ? record.sequence() : bindingSequence;
        } else {
            otherSequence = otherSequence < 0 ? record.sequence() : otherSequence;
        }
    }
}
