package io.settlegate.gateway.explanation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.benefits.explain.ArmedRecorder;
import io.settlegate.gateway.benefits.explain.Explanation;
import io.settlegate.gateway.inspection.FieldDifferences;
import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.EngineInspection;
import io.settlegate.gateway.settlement.Standing;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.gateway.settlement.VisitLine;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ScanEnd;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Rebuilds the state before a record from the newest snapshot before it, or from the journal's beginning, lets the engine compute that record with every step recorded, and
 * compares what comes out with what the record says.
 *
 * <p>One use, one thread; blocks on the disk. Signatures and seals are not checked: that is for `journal verify`.
 */
final class SettlementReplay {
    private final Store store;
    private final JournalFollower follower;
    private final ArmedRecorder recorder = new ArmedRecorder();
    private final MessageDecoder decoder = new MessageDecoder(MessageDecoder.Rows.COUNTED);
    private final EngineReplay replay =
            new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED, recorder);

    SettlementReplay(final Store store, final JournalFollower follower) {
        this.store = store;
        this.follower = follower;
    }

    /** @param sequence of a durable record that can be explained. */
    ReplayedSettlement upTo(final long sequence) {
        follower.seek(begin(sequence));
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                final RecordView record = follower.get(i);
                if (record.sequence() == sequence) {
                    return explain(record);
                }
                replay.onRecord(record);
            }
            replay.onSeal(follower.seal());
        }
        throw new IllegalStateException("record " + sequence + " was there and is no more");
    }

    /** Takes the state of the newest snapshot before the record. @return the sequence from which on the rest is to be applied. */
    private long begin(final long sequence) {
        final long newest = store.snapshots().sequences().stream()
                .mapToLong(Long::longValue)
                .filter(covered -> covered < sequence)
                .max()
                .orElse(-1);
        if (newest < 0) {
            return 0;
        }
        final long last = JournalScan.readFromSnapshot(store, replay, ScanEnd.atSequence(newest))
                .lastSeal()
                .lastSequence();
        // Where the file has a wrong name the batch may hold the record itself; the founding record then begins anew.
        return last < sequence ? last + 1 : 0;
    }

    private ReplayedSettlement explain(final RecordView record) {
        final MessageHeaderDecoder message = new MessageHeaderDecoder();
        message.wrap(record.buffer(), record.commandOffset());
        final ExplainedKind kind = ExplainedKind.of(message.templateId());
        final ObjectNode request = decode(record.buffer(), record.commandOffset(), record.commandLength());
        final EngineInspection inspection = new EngineInspection(replay.engine());
        final List<VisitLine> lines = kind == ExplainedKind.CANCEL ? List.of() : visitLines(request, inspection);
        final Optional<Standing> before = standing(kind, request, inspection);
        final long earlierMismatchCount = replay.mismatchCount();
        final Explanation explanation = new Explanation();
        recorder.arm(explanation);
        replay.onRecord(record);
        recorder.disarm();
        return new ReplayedSettlement(
                kind,
                record.sequence(),
                record.timeMs(),
                decoder.nameOf(record.buffer(), record.commandOffset(), record.commandLength()),
                request,
                decode(record.buffer(), record.outcomeOffset(), record.outcomeLength()),
                new FieldDifferences()
                        .between(
                                record.buffer(),
                                record.outcomeOffset(),
                                record.outcomeLength(),
                                replay.outcome(),
                                0,
                                replay.outcomeLength()),
                replay.mismatchCount() == earlierMismatchCount,
                earlierMismatchCount,
                explanation,
                lines,
                before,
                standing(kind, request, inspection),
                inspection);
    }

    /** A request that was refused for its form may be no whole message; then nothing of it is shown. */
    private ObjectNode decode(final DirectBuffer buffer, final int offset, final int length) {
        try {
            return decoder.decode(buffer, offset, length);
        } catch (final IndexOutOfBoundsException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static List<VisitLine> visitLines(final ObjectNode request, final EngineInspection inspection) {
        return request.has("chrgBchno")
                ? inspection.unsettledLines(
                        request.path("mdtrtId").asText(),
                        request.path("chrgBchno").asText())
                : List.of();
    }

    private static Optional<Standing> standing(
            final ExplainedKind kind, final ObjectNode request, final EngineInspection inspection) {
        return kind == ExplainedKind.CANCEL
                ? inspection.standing(request.path("setlId").asText())
                : Optional.empty();
    }
}
