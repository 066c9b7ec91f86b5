package io.settlegate.gateway.inspection.filter;

import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;

/**
 * Request and outcome of a record, looked at when one is asked for and not before.
 *
 * <p>One thread. Belongs to the record until the next {@link #wrap}.
 */
public final class RecordParts {
    private final MessageView request = new MessageView();
    private final MessageView outcome = new MessageView();
    private RecordView record;
    private boolean isOutcomeWrapped;

    /** True if the record is a command; another has no parts. */
    public boolean wrap(final RecordView next) {
        record = next;
        isOutcomeWrapped = false;
        if (next.kind() != RecordKind.COMMAND) {
            return false;
        }
        request.wrap(next.buffer(), next.commandOffset(), next.commandLength());
        return true;
    }

    public RecordView record() {
        return record;
    }

    public MessageView request() {
        return request;
    }

    public MessageView outcome() {
        if (!isOutcomeWrapped) {
            outcome.wrap(record.buffer(), record.outcomeOffset(), record.outcomeLength());
            isOutcomeWrapped = true;
        }
        return outcome;
    }

    /** The result code; an act that was done has none in its outcome, and is 0 here. */
    public int code() {
        return (int) outcome().number("code", 0);
    }
}
