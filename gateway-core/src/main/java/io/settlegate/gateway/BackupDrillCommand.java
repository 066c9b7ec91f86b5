package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.backup.BackupDirectory;
import io.settlegate.gateway.backup.DataLoss;
import io.settlegate.gateway.backup.RestoreDrill;
import io.settlegate.journal.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a backup back into a scratch directory, checks and replays it, and says how long that took (RTO) and what would",
            "be lost (RPO). Changes nothing else; the gateway may be running.",
            "Exit code 0: a gateway could go on from this backup. 1: it could not. 4: the drill could not be held."
        })
final class BackupDrillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR2", description = "the backup")
    private Path source;

    @Option(
            names = "--live",
            paramLabel = "DIR",
            description = "the data directory in use, to count what would be lost")
    private Path live;

    @Option(
            names = "--scratch",
            paramLabel = "DIR3",
            description =
                    "below it a directory is made and removed again; needs room for the backup (default: the system's"
                            + " temporary directory)")
    private Path scratch;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final BackupDirectory backup = new BackupDirectory(source);
        final String gatewayId = backup.gatewayId();
        final Path directory = scratch == null
                ? Files.createTempDirectory("settlegate-drill-")
                : Files.createTempDirectory(scratch, "settlegate-drill-");
        try {
            return hold(backup, gatewayId, directory);
        } finally {
            remove(directory);
        }
    }

    private int hold(final BackupDirectory backup, final String gatewayId, final Path directory) throws IOException {
        final RestoreDrill.Result result;
        try {
            result = RestoreDrill.run(
                    backup,
                    directory.resolve("journal"),
                    new CopyProgressLine(spec.commandLine().getErr()));
        } catch (final JournalException e) {
            spec.commandLine().getErr().println("settlegate: the backup cannot be used: " + e.getMessage());
            return Settlegate.FOUND;
        }
        LossText.tellLeftOut(spec.commandLine().getErr(), result.copy());
        final DataLoss loss =
                LossText.find(result.copy().last(), live, spec.commandLine().getErr());
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), toJson(gatewayId, result, loss));
        } else {
            print(spec.commandLine().getOut(), gatewayId, result, loss);
        }
        return result.isGood() ? 0 : Settlegate.FOUND;
    }

    private static ObjectNode toJson(final String gatewayId, final RestoreDrill.Result result, final DataLoss loss) {
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("good", result.isGood())
                .put("gatewayId", gatewayId)
                .put("lastSequence", result.copy().last().lastSequence())
                .put("sealNumber", result.copy().last().sealNumber())
                .put("sealTimeMs", result.copy().last().timeMs())
                .put("copiedLength", result.copy().copiedLength())
                .put("copyMs", result.copyMs())
                .put("checkMs", result.checkMs())
                .put("replayMs", result.replayMs())
                .put("totalMs", result.totalMs())
                .put("mismatches", result.mismatchCount())
                .put("stateHash", result.stateHash())
                .put("sealedStateHash", result.sealedStateHash());
        LossText.put(object, loss);
        return object;
    }

    private static void print(
            final PrintWriter out, final String gatewayId, final RestoreDrill.Result result, final DataLoss loss) {
        out.printf(
                "backup       of %s, to record %,d under seal %,d, %,d bytes%n",
                gatewayId,
                result.copy().last().lastSequence(),
                result.copy().last().sealNumber(),
                result.copy().copiedLength());
        out.printf(
                "replayed     %s; %,d mismatches; state hash %s%n",
                result.isGood() ? "a gateway could go on from it" : "A GATEWAY COULD NOT GO ON FROM IT",
                result.mismatchCount(),
                result.stateHash().equals(result.sealedStateHash())
                        ? result.stateHash() + ", as sealed"
                        : result.stateHash() + ", and the seal says " + result.sealedStateHash());
        out.printf(
                "took (RTO)   %.1f s: copy %.1f, check %.1f, replay %.1f%n",
                seconds(result.totalMs()),
                seconds(result.copyMs()),
                seconds(result.checkMs()),
                seconds(result.replayMs()));
        LossText.print(out, result.copy().last(), loss);
    }

    private static double seconds(final long timeMs) {
        return timeMs / 1_000.0;
    }

    private static void remove(final Path directory) throws IOException {
        final List<Path> tree;
        try (Stream<Path> walk = Files.walk(directory)) {
            tree = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : tree) {
            Files.delete(path);
        }
    }
}
