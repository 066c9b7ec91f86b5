package io.settlegate.gateway.explanation;

import io.settlegate.gateway.inspection.RecordSearch;
import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Finds the record of a settlement by its setl_id, or the first outcome of a msgid, without computing anything.
 *
 * <p>One thread; blocks on the disk.
 */
public final class SettlementFinder {
    private static final int SEQUENCE_START = 14;
    private static final int SETL_ID_LENGTH = PharmacySettleOutcomeDecoder.setlIdEncodingLength();
    private static final int SETL_ID =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleOutcomeDecoder.setlIdEncodingOffset();

    private final JournalFollower follower;
    private final MessageHeaderDecoder message = new MessageHeaderDecoder();
    private final RequestHeaderDecoder request = new RequestHeaderDecoder();
    private final OutcomeHeaderDecoder outcome = new OutcomeHeaderDecoder();
    private long bindingSequence;
    private long refusedSequence;
    private String other;

    public SettlementFinder(final JournalFollower follower) {
        this.follower = follower;
    }

    /** @param setlId thirty digits. */
    public Finding bySetlId(final String setlId) {
        final long sequence = Long.parseLong(setlId.substring(SEQUENCE_START));
        final long last = follower.lastSequence();
        follower.seek(sequence);
        if (sequence > last || !follower.nextBatch()) {
            return Finding.missing("there is no durable record " + sequence + "; the last is " + last);
        }
        final RecordView record = follower.get((int) (sequence - follower.seal().firstSequence()));
        if (!isOutcomeOf(record, setlId)) {
            return Finding.missing("record " + sequence + " settled nothing under this setl_id");
        }
        return Finding.found(sequence);
    }

    /** The outcomes of settlements and of cancels begin with the setl_id that was given. */
    private boolean isOutcomeOf(final RecordView record, final String setlId) {
        if (kindOf(record) == ExplainedKind.NOTHING || record.outcomeLength() < SETL_ID + SETL_ID_LENGTH) {
            return false;
        }
        final byte[] given = new byte[SETL_ID_LENGTH];
        record.buffer().getBytes(record.outcomeOffset() + SETL_ID, given);
        return setlId.equals(new String(given, StandardCharsets.US_ASCII));
    }

    /** The first outcome that bound the msgid; if none did, the first refusal. */
    public Finding byMsgid(final String msgid) {
        bindingSequence = -1;
        refusedSequence = -1;
        other = "";
        final int horizonDays =
                EngineParameters.decode(follower.genesis().engineParameters()).horizonDays();
        new RecordSearch(msgid, horizonDays).find(follower, (at, index) -> consider(at.get(index), msgid));
        if (bindingSequence >= 0 || refusedSequence >= 0) {
            return Finding.found(bindingSequence >= 0 ? bindingSequence : refusedSequence);
        }
        return other.isEmpty()
                ? Finding.missing(
                        "no durable record is of this msgid between an hour before its time and a horizon after it")
                : Finding.nothing(other);
    }

    private void consider(final RecordView record, final String msgid) {
        message.wrap(record.buffer(), record.commandOffset());
        if (message.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || record.commandLength() < MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        final int templateId = message.templateId();
        request.wrap(record.buffer(), record.commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        message.wrap(record.buffer(), record.outcomeOffset());
        if (!request.msgid().equals(msgid) || message.templateId() == RepeatOutcomeDecoder.TEMPLATE_ID) {
            return;
        }
        outcome.wrap(record.buffer(), record.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        if (ExplainedKind.of(templateId) == ExplainedKind.NOTHING) {
            other = "record " + record.sequence() + " is a " + templateId
                    + ", by which nobody's share is computed; `journal show` shows it";
        } else if (ResultCode.of(outcome.code()).binds()) {
            bindingSequence = bindingSequence < 0 ? record.sequence() : bindingSequence;
        } else {
            refusedSequence = refusedSequence < 0 ? record.sequence() : refusedSequence;
        }
    }

    private ExplainedKind kindOf(final RecordView record) {
        if (record.kind() != RecordKind.COMMAND || record.commandLength() < MessageHeaderDecoder.ENCODED_LENGTH) {
            return ExplainedKind.NOTHING;
        }
        message.wrap(record.buffer(), record.commandOffset());
        return message.schemaId() == MessageHeaderDecoder.SCHEMA_ID
                ? ExplainedKind.of(message.templateId())
                : ExplainedKind.NOTHING;
    }
}
