package io.settlegate.gateway.pipeline;

import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.receipt.Seal;
import java.util.HashSet;
import java.util.Set;

/** Passes a replay on, and counts msgids that the journal answers a second time with something else than a repeat. */
final class FirstAnswers implements ReplayListener {
    private static final int MSGID_LENGTH = 30;
    private static final int MSGID_OFFSET =
            MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.msgidEncodingOffset();

    private final ReplayListener next;
    private final Set<String> answered = new HashSet<>();
    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private final OutcomeHeaderDecoder outcome = new OutcomeHeaderDecoder();
    private int doubledCount;

    FirstAnswers(final ReplayListener next) {
        this.next = next;
    }

    int doubledCount() {
        return doubledCount;
    }

    @Override
    public void onRecord(final RecordView record) {
        next.onRecord(record);
        if (record.kind() != RecordKind.COMMAND) {
            return;
        }
        type.wrap(record.buffer(), record.outcomeOffset());
        if (type.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || type.templateId() == RepeatOutcomeDecoder.TEMPLATE_ID) {
            return;
        }
        outcome.wrap(record.buffer(), record.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        final String msgid =
                record.buffer().getStringWithoutLengthAscii(record.commandOffset() + MSGID_OFFSET, MSGID_LENGTH);
        if (ResultCode.of(outcome.code()).binds() && !answered.add(msgid)) {
            doubledCount++;
        }
    }

    @Override
    public void onSeal(final Seal seal) {
        next.onSeal(seal);
    }

    @Override
    public void onAllRead() {
        next.onAllRead();
    }

    @Override
    public long stateHashHigh() {
        return next.stateHashHigh();
    }

    @Override
    public long stateHashLow() {
        return next.stateHashLow();
    }
}
