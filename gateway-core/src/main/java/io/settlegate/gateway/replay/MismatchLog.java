package io.settlegate.gateway.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.FieldDifferences;
import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.inspection.RecordDocument;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.recovery.ReplayMismatch;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.receipt.Seal;
import java.util.List;

/**
 * Keeps the first records and seals that this build computes otherwise, with both outcomes field by field, masked.
 *
 * <p>One thread. Asked while the record's bytes are there; what it keeps is bounded by what {@link EngineReplay} keeps.
 */
final class MismatchLog {
    private final EngineReplay replay;
    private final FieldDifferences differences = new FieldDifferences();
    private final ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    private final MessageDecoder names = new MessageDecoder(MessageDecoder.Rows.COUNTED);
    private RecordDocument documents;
    private int toldCount;

    MismatchLog(final EngineReplay replay) {
        this.replay = replay;
    }

    /** The record that the engine applied last differs. */
    void add(final RecordView record) {
        final List<ReplayMismatch> mismatches = replay.mismatches();
        if (toldCount == mismatches.size()) {
            return;
        }
        if (documents == null) {
            documents = new RecordDocument(replay.genesis(), MessageDecoder.Rows.COUNTED);
        }
        final ObjectNode line = documents.line(record);
        final ObjectNode entry = kept.addObject().put("sequence", record.sequence());
        for (final String name : List.of("time", "transaction", "message", "msgid", "actId")) {
            if (line.has(name)) {
                entry.set(name, line.get(name));
            }
        }
        final ArrayNode what = entry.putArray("what");
        for (; toldCount < mismatches.size(); toldCount++) {
            what.add(mismatches.get(toldCount).what().name());
            switch (mismatches.get(toldCount).what()) {
                case OUTCOME -> putOutcome(record, entry);
                case STATE_HASH ->
                    putHashes(
                            InternalPart.stateHashHigh(record.buffer(), record.internalOffset()),
                            InternalPart.stateHashLow(record.buffer(), record.internalOffset()),
                            entry);
                default -> entry.put("internalPartLength", record.internalLength());
            }
        }
    }

    private void putOutcome(final RecordView record, final ObjectNode entry) {
        entry.put("recordedLength", record.outcomeLength())
                .put("computedLength", replay.outcomeLength())
                .put(
                        "firstDifferingByte",
                        FieldDifferences.firstDiffering(
                                record.buffer(),
                                record.outcomeOffset(),
                                record.outcomeLength(),
                                replay.outcome(),
                                0,
                                replay.outcomeLength()));
        entry.put("recordedMessage", names.nameOf(record.buffer(), record.outcomeOffset(), record.outcomeLength()));
        entry.put("computedMessage", names.nameOf(replay.outcome(), 0, replay.outcomeLength()));
        entry.set(
                "differing",
                differences.between(
                        record.buffer(),
                        record.outcomeOffset(),
                        record.outcomeLength(),
                        replay.outcome(),
                        0,
                        replay.outcomeLength()));
    }

    private void putHashes(final long high, final long low, final ObjectNode entry) {
        entry.put("recordedStateHash", hash(high, low))
                .put(
                        "computedStateHash",
                        hash(replay.engine().stateHashHigh(), replay.engine().stateHashLow()));
    }

    /** The state under a seal that was reached differs. */
    void add(final Seal seal) {
        final List<ReplayMismatch> mismatches = replay.mismatches();
        if (toldCount == mismatches.size()) {
            return;
        }
        toldCount = mismatches.size();
        final ObjectNode entry = kept.addObject()
                .put("sequence", seal.lastSequence())
                .put("time", ShownTime.of(seal.timeMs()))
                .put("sealNumber", seal.sealNumber());
        entry.putArray("what").add(ReplayMismatch.What.SEALED_STATE_HASH.name());
        putHashes(seal.stateHashHigh(), seal.stateHashLow(), entry);
    }

    static String hash(final long high, final long low) {
        return String.format("%016x%016x", high, low);
    }

    ArrayNode kept() {
        return kept;
    }
}
