package io.settlegate.gateway.pipeline;

import io.settlegate.gateway.pipeline.UnsignedRequests.Unsigned;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.util.List;
import java.util.function.Function;

/** One life of a gateway's line: recovered from a store, then the real stages behind verify, on the caller's thread. */
final class SynchronousLine {
    static final int MAX_BATCH_SIZE = 256;
    private static final int ACTIVE = 1;

    private final TerminalKeys terminalKeys = new TerminalKeys();
    private final EngineReplay replay = new EngineReplay(
            (sn, publicKey, keyVersion, status, institution, laneFirst) ->
                    terminalKeys.publish(sn, publicKey, keyVersion, status == ACTIVE),
            new JournalTotals(),
            EngineReplay.Mismatches.REFUSED);
    private final FirstAnswers firstAnswers = new FirstAnswers(replay);
    private final RequestSlot[] slots;
    private final Journal journal;
    private final Order order;
    /** Settle and journal. */
    private final StageGroup front;
    /** Force and reply. */
    private final StageGroup back;

    /** When a batch is forced. */
    enum Order {
        /** Before the line takes the next, as where stages share a thread. */
        BATCH_BY_BATCH,
        /** While the stages in front of the force work on the next, as where each has a thread: two batches overlap, in a fixed order. */
        OVERLAPPING
    }

    /** Recovers. The slots are lent for this life; what stands in them is of no matter. */
    SynchronousLine(
            final Store store,
            final GatewayIdentity identity,
            final PowerFuse fuse,
            final RequestSlot[] slots,
            final Order order) {
        this.slots = slots;
        this.order = order;
        journal = Journal.open(store, identity, DurabilityLevel.BATCH, firstAnswers);
        front = new StageGroup(
                "front",
                MAX_BATCH_SIZE,
                List.of(
                        fuse.around(
                                new SettleHandler(replay.engine(), journal.nextSequence(), journal::preparedSegment)),
                        fuse.around(new JournalHandler(
                                journal,
                                JournalHandler.Forcing.BESIDE,
                                MAX_BATCH_SIZE,
                                new LineMeter(1, journal.nextSequence() - 1)))));
        back = new StageGroup(
                "back",
                MAX_BATCH_SIZE,
                List.of(
                        fuse.around(new ForceHandler(journal)),
                        fuse.around(new ReplyHandler(journal.newReader(), () -> {}, Desk.NONE, new LineCounters()))));
    }

    /** Sends requests down the line, as the ring would, as one batch or, where batches overlap, as two. Replies go to the sessions before this returns. */
    void send(final List<Unsigned> batch, final long arrivalMs, final Function<Unsigned, Session> sessions)
            throws Exception {
        for (int i = 0; i < batch.size(); i++) {
            final Unsigned request = batch.get(i);
            final byte[] frame = request.frame();
            System.arraycopy(frame, 0, slots[i].frame(), 0, frame.length);
            slots[i].claim(
                    frame.length,
                    request.templateId(),
                    request.correlationId(),
                    arrivalMs,
                    sessions.apply(request),
                    terminalKeys.find(request.sn()));
        }
        final int count = batch.size();
        final int firstCount = order == Order.OVERLAPPING ? count / 2 : count;
        pass(front, 0, firstCount);
        pass(front, firstCount, count);
        pass(back, 0, firstCount);
        pass(back, firstCount, count);
    }

    private void pass(final StageGroup stages, final int from, final int to) throws Exception {
        for (int i = from; i < to; i++) {
            stages.onEvent(slots[i], i, i == to - 1);
        }
    }

    Journal journal() {
        return journal;
    }

    SettlementEngine engine() {
        return replay.engine();
    }

    EngineReplay replay() {
        return replay;
    }

    int doubledCount() {
        return firstAnswers.doubledCount();
    }
}
