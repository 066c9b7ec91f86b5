package io.settlegate.gateway.past;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.replay.PointScan;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayProgress;
import io.settlegate.gateway.replay.ReplayStart;
import io.settlegate.gateway.settlement.PersonInspection;
import io.settlegate.gateway.settlement.PersonStanding;
import io.settlegate.gateway.settlement.RegisteredParties;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.SnapshotState;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Shows a person as the journal left them at a point: the engine replayed up to it from the newest snapshot before it or from
 * the founding, compared with the records on the way, and the settlements from the records.
 *
 * <p>One use, one thread; blocks on the disk. Signatures are not checked.
 */
public final class AsItStood {
    /** Ample for a msgid that was ahead of the clock. */
    private static final int EXTRA_DAYS = 2;

    private final Store store;
    private final ReplayEnd at;
    private final Masking masking;
    private final ReplayProgress replayProgress;
    private final ReplayProgress readProgress;
    private final EngineReplay replay =
            new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
    private long lastSequence = -1;

    /**
     * @param masking of what names the person.
     * @param replayProgress hears of the replay up to the point.
     * @param readProgress hears of the reading of all records, after that.
     */
    public AsItStood(
            final Store store,
            final ReplayEnd at,
            final Masking masking,
            final ReplayProgress replayProgress,
            final ReplayProgress readProgress) {
        this.store = store;
        this.at = at;
        this.masking = masking;
        this.replayProgress = replayProgress;
        this.readProgress = readProgress;
    }

    /** What the journal says of the person; empty if it has no record so early, or no such person at that point. */
    public Optional<ObjectNode> of(final PersonKey key) {
        final PointScan scan = new PointScan(at, new Counted());
        scan.read(store, ReplayStart.SNAPSHOT);
        replayProgress.finish();
        lastSequence = scan.lastSequence();
        if (scan.lastSequence() < 0) {
            return Optional.empty();
        }
        final long atMs = at.isTime() ? at.timeMs() : scan.lastTimeMs();
        final Optional<PersonStanding> found = key.find(new PersonInspection(replay.engine()), atMs);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        final PersonStanding person = found.get();
        final PersonHistory history =
                new PersonHistory(person.psnNo(), new MessageDecoder(MessageDecoder.Rows.COUNTED, masking));
        history.read(store, scan.lastTimeMs() + undoableMs(), readProgress);
        readProgress.finish();
        final PersonDocument document = new PersonDocument(masking);
        document.putMoment(at.toString(), atMs, scan.lastSequence(), scan.lastTimeMs(), replay.mismatchCount());
        document.putStart(scan.begunFrom());
        document.putPerson(person);
        document.putSettlements(history, scan.lastSequence(), institutions());
        return Optional.of(document.document());
    }

    /** A settlement can be undone as long as its day is within the horizon. */
    private long undoableMs() {
        return TimeUnit.DAYS.toMillis(replay.engine().parameters().horizonDays() + (long) EXTRA_DAYS);
    }

    /** Names by code. */
    private Map<String, String> institutions() {
        final RegisteredParties parties = new RegisteredParties(replay.engine());
        final Map<String, String> names = new HashMap<>();
        for (int row = 0; row < parties.institutionCount(); row++) {
            names.put(parties.institutionCode(row), parties.institutionName(row));
        }
        return names;
    }

    /** The last record that belongs to the point; -1 if the journal has none so early. */
    public long lastSequence() {
        return lastSequence;
    }

    /** True if the state is the one that was recorded at every record and seal up to the point. */
    public static boolean isClean(final ObjectNode document) {
        return document.at("/at/mismatches").asLong() == 0;
    }

    /** The replay, with its progress told. */
    private final class Counted implements SnapshotState {
        @Override
        public void onRecord(final RecordView record) {
            replay.onRecord(record);
            replayProgress.add(
                    record.sequence(), record.commandLength() + record.outcomeLength() + record.internalLength());
        }

        @Override
        public void onSeal(final Seal seal) {
            replay.onSeal(seal);
        }

        @Override
        public int stateFormat() {
            return replay.stateFormat();
        }

        @Override
        public int rulesVersion() {
            return replay.rulesVersion();
        }

        @Override
        public void writeState(final WritableByteChannel target) throws IOException {
            replay.writeState(target);
        }

        @Override
        public void readState(final Genesis genesis, final Seal seal, final ReadableByteChannel source)
                throws IOException {
            replay.readState(genesis, seal, source);
        }

        @Override
        public long stateHashHigh() {
            return replay.stateHashHigh();
        }

        @Override
        public long stateHashLow() {
            return replay.stateHashLow();
        }
    }
}
