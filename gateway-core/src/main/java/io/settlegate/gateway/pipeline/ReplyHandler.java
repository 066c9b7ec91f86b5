package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;
import io.settlegate.journal.JournalReader;
import io.settlegate.journal.RecordArchivedException;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import io.settlegate.protocol.codec.SignOutDecoder;

/**
 * Stage reply: tells each terminal what became of its request, then wipes the slot. Runs after the force, so everything it
 * says is durable. A query that is answered from the journal goes to the {@link Desk}, and is answered by it.
 *
 * <p>One thread; blocks on the disk only to read the first answer of a repeat or a query. Where that
 * answer was archived by an operator the terminal gets a refusal that binds nothing.
 */
final class ReplyHandler implements EventHandler<RequestSlot> {
    private final ReplyFrames frames;
    private final Egress egress;
    private final Desk desk;
    private final LineCounters counters;
    private final OutcomeHeaderDecoder outcomeHeader = new OutcomeHeaderDecoder();

    ReplyHandler(final JournalReader reader, final Egress egress, final Desk desk, final LineCounters counters) {
        this.frames = new ReplyFrames(reader);
        this.egress = egress;
        this.desk = desk;
        this.counters = counters;
    }

    @Override
    public void onStart() {
        Thread.currentThread().setName("reply");
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) {
        if (slot.refusal() != null) {
            refuse(slot, slot.refusal());
        } else if (slot.operator() != null) {
            replyToOperator(slot, slot.operator());
        } else {
            replyOrRefuse(slot);
        }
        slot.wipe();
        if (endOfBatch) {
            egress.flush();
        }
    }

    private void refuse(final RequestSlot slot, final ResultCode code) {
        counters.answered(code);
        slot.session().refused(code);
        slot.session().enqueue(frames.buffer(), frames.refusal(slot, code));
    }

    /** What a terminal asks again must never end the gateway: the record is known, and only an operator can bring it back. */
    private void replyOrRefuse(final RequestSlot slot) {
        try {
            reply(slot);
        } catch (final RecordArchivedException e) {
            refuse(slot, ResultCode.MSGID_STALE);
        }
    }

    private void reply(final RequestSlot slot) {
        final ResultCode code = ResultCode.of(outcomeHeader
                .wrap(slot.outcome(), MessageHeaderDecoder.ENCODED_LENGTH)
                .code());
        if (code == ResultCode.OK && desk.answers(slot.templateId()) && handOver(slot)) {
            return;
        }
        final int length = frames.reply(slot, code);
        counters.answered(code);
        if (frames.isRepeat()) {
            counters.repeated();
        }
        if (slot.templateId() == SignInDecoder.TEMPLATE_ID && code == ResultCode.OK) {
            slot.session().signedIn((TerminalKey) slot.key(), slot.sequence());
        }
        slot.session().enqueue(frames.buffer(), length);
        if (slot.templateId() == SignOutDecoder.TEMPLATE_ID && code == ResultCode.OK) {
            slot.session().signedOut();
        }
    }

    /** @return false if the query's first sending was refused, so that there is nothing to look up. */
    private boolean handOver(final RequestSlot slot) {
        final DeskQuestion question = frames.question(slot);
        if (question == null) {
            return false;
        }
        if (frames.isRepeat()) {
            counters.repeated();
        }
        // Of what the desk takes it counts the answer, once it knows which.
        if (!desk.take(question)) {
            counters.answered(ResultCode.PAGE_LATER);
            slot.session().enqueue(frames.buffer(), frames.later(slot));
        }
        return true;
    }

    private void replyToOperator(final RequestSlot slot, final ActSession operator) {
        final ResultCode code = ActReplies.codeOf(slot);
        counters.answered(code);
        operator.durable(slot.sequence());
        operator.enqueue(frames.buffer(), frames.actReply(slot, code));
    }
}
