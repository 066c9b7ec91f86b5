package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.RefusedSnapshot;
import io.settlegate.journal.SnapshotWriter;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a snapshot of the state, so that a start need not compute the whole journal again.",
            "Begins at the newest good snapshot, applies every record up to what is durable, compares each outcome and state",
            "hash, writes the state, and reads it back with the state hash computed from nothing. Where anything differs no",
            "snapshot is made. Needs no lock: the gateway may be running. Takes as much memory as the gateway.",
            "Exit code 0: made, or the newest one was up to date. 4: not made; those that were there are untouched."
        })
final class JournalSnapshotCommand implements Callable<Integer> {
    static final int DEFAULT_KEEP_COUNT = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description =
                    "keep the newest N good snapshots and delete older ones (default: " + DEFAULT_KEEP_COUNT + ")")
    private int keepCount = DEFAULT_KEEP_COUNT;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (keepCount < 1) {
            throw new ParameterException(spec.commandLine(), "--keep wants at least 1, not " + keepCount);
        }
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED);
        final long startNs = System.nanoTime();
        final SnapshotWriter.Result result;
        try (Store store = data.openStore()) {
            result = SnapshotWriter.write(store, replay, keepCount);
        }
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), toJson(result, replay, tookMs));
        } else {
            print(spec.commandLine().getOut(), result, replay, tookMs);
        }
        return 0;
    }

    private static String stateHash(final EngineReplay replay) {
        return String.format("%016x%016x", replay.stateHashHigh(), replay.stateHashLow());
    }

    private static ObjectNode toJson(final SnapshotWriter.Result result, final EngineReplay replay, final long tookMs) {
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("made", result.isWritten())
                .put("sequence", result.sequence())
                .put("sealNumber", result.sealNumber())
                .put("length", result.length())
                .put("stateHash", stateHash(replay))
                .put("begunFromSequence", result.begunFrom().sequence())
                .put("records", replay.recordCount())
                .put("tookMs", tookMs);
        final ArrayNode refused = object.putArray("refused");
        for (final RefusedSnapshot snapshot : result.begunFrom().refused()) {
            refused.addObject()
                    .put("sequence", snapshot.sequence())
                    .put("place", snapshot.place())
                    .put("reason", snapshot.reason());
        }
        final ArrayNode deleted = object.putArray("deleted");
        result.deleted().forEach(deleted::add);
        return object;
    }

    private static void print(
            final PrintWriter out, final SnapshotWriter.Result result, final EngineReplay replay, final long tookMs) {
        out.printf(
                "begun from   %s%n",
                result.begunFrom().isFromSnapshot()
                        ? String.format(
                                "the snapshot up to record %,d",
                                result.begunFrom().sequence())
                        : "the first record");
        for (final RefusedSnapshot snapshot : result.begunFrom().refused()) {
            out.println("refused      " + snapshot.describe());
        }
        out.printf("applied      %,d records, every outcome and state hash as recorded%n", replay.recordCount());
        out.printf(
                "snapshot     %s record %,d under seal %,d%n",
                result.isWritten()
                        ? String.format("%,d bytes, up to", result.length())
                        : "none made: there is one up to",
                result.sequence(),
                result.sealNumber());
        out.printf("state hash   %s (equal from nothing, and as sealed)%n", stateHash(replay));
        if (!result.deleted().isEmpty()) {
            out.println("deleted      " + result.deleted() + ", older than those that are kept");
        }
        out.printf("took         %,d ms%n", tookMs);
    }
}
