package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.backup.BackupDirectory;
import io.settlegate.gateway.backup.DataLoss;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.backup.CopyReport;
import io.settlegate.journal.backup.JournalCopy;
import io.settlegate.journal.store.PrivateFiles;
import io.settlegate.journal.store.SegmentDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a data directory from a backup, checks it, and says what is lost. Overwrites nothing.",
            "What was answered after the backup is gone from this journal and stands in receipts that others hold: see",
            "\"Backup and drill\" in docs/OPERATIONS.md before a gateway serves from it.",
            "Exit code 0: done. 4: refused or failed."
        })
final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR2", description = "the backup")
    private Path source;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "data directory to make; it has no journal")
    private Path data;

    @Option(
            names = "--live",
            paramLabel = "OLD",
            description = "the data directory of before, if its journal can still be read, to count what is lost")
    private Path live;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final BackupDirectory backup = new BackupDirectory(source);
        final String gatewayId = backup.gatewayId();
        final DataDirectory directory = new DataDirectory(data);
        if (Files.exists(directory.journal())) {
            throw new IOException(directory.journal()
                    + " exists and is not overwritten; move it away (keep it: it may hold what the backup has not), or name"
                    + " another directory");
        }
        PrivateFiles.createDirectories(data);
        // Beside, and named when it is whole and checked: a restore that fails leaves nothing in the way of the next
        // one.
        final Path arriving = data.resolve("journal.restoring");
        SegmentDirectory.deleteWhole(arriving);
        final CopyReport report = JournalCopy.copy(
                backup.journal(),
                arriving,
                new CopyProgressLine(spec.commandLine().getErr()));
        Files.move(arriving, directory.journal(), StandardCopyOption.ATOMIC_MOVE);
        SegmentDirectory.forceNames(data);
        LossText.tellLeftOut(spec.commandLine().getErr(), report);
        final List<String> keys = BackupDirectory.copyKeys(
                backup.root().resolve("keys"), directory.gatewayKeyFile().getParent(), BackupDirectory.Keys.ALL);
        final DataLoss loss =
                LossText.find(report.last(), live, spec.commandLine().getErr());
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), toJson(gatewayId, report, keys, loss));
        } else {
            print(spec.commandLine().getOut(), gatewayId, report, loss);
        }
        return 0;
    }

    private ObjectNode toJson(
            final String gatewayId, final CopyReport report, final List<String> keys, final DataLoss loss) {
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("gatewayId", gatewayId)
                .put("lastSequence", report.last().lastSequence())
                .put("sealNumber", report.last().sealNumber())
                .put("sealHash", HexFormat.of().formatHex(report.last().hash()))
                .put("sealTimeMs", report.last().timeMs())
                .put("copiedLength", report.copiedLength())
                .put("hasGatewayKey", hasGatewayKey());
        keys.forEach(object.putArray("keys")::add);
        LossText.put(object, loss);
        return object;
    }

    private boolean hasGatewayKey() {
        return Files.exists(new DataDirectory(data).gatewayKeyFile());
    }

    private void print(final PrintWriter out, final String gatewayId, final CopyReport report, final DataLoss loss) {
        out.printf(
                "restored     the journal of %s to record %,d under seal %,d of %s, checked%n",
                gatewayId,
                report.last().lastSequence(),
                report.last().sealNumber(),
                ShownTime.of(report.last().timeMs()));
        out.printf("its hash     %s%n", HexFormat.of().formatHex(report.last().hash()));
        LossText.print(out, report.last(), loss);
        if (!hasGatewayKey()) {
            out.printf("next         put the gateway's key to %s%n", new DataDirectory(data).gatewayKeyFile());
        }
        out.println(
                "then         reconcile with the institutions before and after serving: a gateway that goes on from here"
                        + " makes other seals of the numbers that were lost");
    }
}
