package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.codec.AcceptClockDecoder;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.util.function.IntSupplier;

/**
 * Stage settle: gives each verified request its sequence and time and applies it to the engine. State may run ahead of the
 * journal here; nobody sees it before the record is durable.
 *
 * <p>The only thread that touches the engine. Never blocks. An exception of the engine while it commits is fatal.
 */
final class SettleHandler implements EventHandler<RequestSlot> {
    private static final int SN_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.snEncodingOffset();

    private final SettlementEngine engine;
    private final IntSupplier preparedSegment;
    private long nextSequence;
    private int newestSegment = -1;

    /** @param preparedSegment a segment that waits to be begun, or -1; its first record takes a sequence. */
    SettleHandler(final SettlementEngine engine, final long nextSequence, final IntSupplier preparedSegment) {
        this.engine = engine;
        this.nextSequence = nextSequence;
        this.preparedSegment = preparedSegment;
    }

    @Override
    public void onStart() {
        Thread.currentThread().setName("settle");
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) {
        if (slot.refusal() != null) {
            return;
        }
        final ActSession operator = slot.operator();
        if (operator == null) {
            final int keyVersion = engine.terminalKeyVersion(slot.frameBuffer(), SN_OFFSET);
            if (keyVersion != slot.key().version()) {
                slot.refuse(keyVersion == 0 ? ResultCode.TERMINAL_DISABLED : ResultCode.KEY_CHANGED);
                return;
            }
        }
        if (engine.isClockJump(slot.arrivalMs()) && !isAcceptClock(slot)) {
            slot.refuse(ResultCode.CLOCK_HELD);
            return;
        }
        apply(slot);
        if (operator != null) {
            operator.applied(slot.sequence());
        }
    }

    /** The one command that ends the hold. */
    private static boolean isAcceptClock(final RequestSlot slot) {
        return slot.operator() != null && slot.templateId() == AcceptClockDecoder.TEMPLATE_ID;
    }

    private void apply(final RequestSlot slot) {
        final int prepared = preparedSegment.getAsInt();
        if (prepared > newestSegment) {
            // The journal begins it before this record, and the segment's own record takes the sequence before it.
            newestSegment = prepared;
            slot.beginSegment();
            nextSequence++;
        }
        final long sequence = nextSequence;
        final long timeMs = engine.engineTime(slot.arrivalMs());
        final int outcomeLength =
                engine.apply(sequence, timeMs, slot.frameBuffer(), 0, slot.frameLength(), slot.outcome(), 0);
        nextSequence++;
        slot.settled(sequence, timeMs, outcomeLength, engine.stateHashHigh(), engine.stateHashLow());
    }
}
