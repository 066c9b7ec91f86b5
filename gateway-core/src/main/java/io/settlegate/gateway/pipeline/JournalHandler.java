package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.journal.Journal;
import io.settlegate.journal.SealedBatch;
import io.settlegate.protocol.receipt.DurabilityLevel;

/**
 * Stage journal: appends one record for each settled request, and at the end of the batch one seal; then forces, or leaves that
 * to {@link ForceHandler}. As the Disruptor publishes a stage's progress after the whole batch, no reply can leave before the
 * force has returned. At level {@code record} each record has a seal and a force of its own, which is done here.
 *
 * <p>The only thread that writes the journal; blocks on the disk. Any exception is fatal for the process: what the kernel did
 * with the pages is not known.
 */
final class JournalHandler implements EventHandler<RequestSlot> {
    /** Who forces what was sealed. */
    enum Forcing {
        /** This stage, before it goes on. */
        WITHIN,
        /** The stage behind it, while this one appends and hashes the next batch. */
        BESIDE
    }

    private final Journal journal;
    private final Forcing forcing;
    private final LineMeter meter;
    private final int maxSealedCount;
    private final RequestSlot[] batch;
    private final InternalPart internal = new InternalPart();
    private int count;

    JournalHandler(final Journal journal, final Forcing forcing, final int maxBatchSize, final LineMeter meter) {
        this.journal = journal;
        this.forcing = journal.level() == DurabilityLevel.RECORD ? Forcing.WITHIN : forcing;
        this.meter = meter;
        this.maxSealedCount = journal.level() == DurabilityLevel.RECORD ? 1 : maxBatchSize;
        this.batch = new RequestSlot[maxBatchSize];
    }

    @Override
    public void onStart() {
        Thread.currentThread().setName("journal");
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) {
        if (slot.refusal() == null) {
            if (slot.beginsSegment()) {
                beginSegment();
            }
            internal.wrap(slot.key().version(), slot.stateHashHigh(), slot.stateHashLow());
            journal.append(
                    slot.sequence(),
                    slot.timeMs(),
                    InternalPart.RULES_VERSION,
                    slot.key().version(),
                    slot.frameBuffer(),
                    0,
                    slot.frameLength(),
                    slot.outcome(),
                    0,
                    slot.outcomeLength(),
                    internal.buffer(),
                    0,
                    InternalPart.LENGTH);
            meter.appended(slot.sequence());
            batch[count++] = slot;
        }
        if (count == maxSealedCount || (endOfBatch && count > 0)) {
            seal();
        }
    }

    /** A segment's first record has a seal of its own, so what came before it gets one too. */
    private void beginSegment() {
        if (count > 0) {
            seal();
        }
        journal.beginNextSegment();
    }

    private void seal() {
        final RequestSlot last = batch[count - 1];
        final SealedBatch sealed = forcing == Forcing.WITHIN
                ? journal.commit(last.stateHashHigh(), last.stateHashLow())
                : journal.seal(last.stateHashHigh(), last.stateHashLow());
        for (int i = 0; i < count; i++) {
            batch[i].sealed(sealed, i);
            batch[i] = null;
        }
        meter.sealedCounts().record(count);
        count = 0;
    }
}
