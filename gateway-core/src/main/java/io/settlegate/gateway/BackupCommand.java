package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.backup.BackupDirectory;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.Journal;
import io.settlegate.journal.backup.CopyReport;
import io.settlegate.journal.backup.JournalCopy;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a journal, also of a running gateway, up to its durable mark, and checks what it copied.",
            "A second run into the same directory copies only what is new. The directory can be read by every command that reads a journal.",
            "Exit code 0: done. 4: refused or failed; the backup of before stands."
        },
        subcommands = BackupDrillCommand.class)
final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "data directory")
    private Path data;

    @Option(
            names = "--to",
            paramLabel = "DIR2",
            description = "the backup: an empty directory, or one of an earlier run")
    private Path target;

    @Option(
            names = "--with-keys",
            description =
                    "copy private keys too; without them only the public ones. Who has the backup can then sign as the"
                            + " gateway")
    private boolean withKeys;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (data == null || target == null) {
            throw new ParameterException(spec.commandLine(), "name a data directory, and the backup with --to");
        }
        final DataDirectory directory = new DataDirectory(data);
        final BackupDirectory backup = new BackupDirectory(target);
        try (Store store = directory.existingStore()) {
            backup.claim(Journal.genesisOf(store).gatewayId());
        }
        final long startNs = System.nanoTime();
        final CopyReport report = JournalCopy.copy(
                directory.journal(),
                backup.journal(),
                new CopyProgressLine(spec.commandLine().getErr()));
        LossText.tellLeftOut(spec.commandLine().getErr(), report);
        final List<String> keys = BackupDirectory.copyKeys(
                directory.gatewayKeyFile().getParent(),
                backup.root().resolve("keys"),
                withKeys ? BackupDirectory.Keys.ALL : BackupDirectory.Keys.PUBLIC);
        final long tookMs = (System.nanoTime() - startNs) / 1_000_000;
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), toJson(report, keys, tookMs));
        } else {
            print(spec.commandLine().getOut(), report, keys, tookMs);
        }
        return 0;
    }

    private static ObjectNode toJson(final CopyReport report, final List<String> keys, final long tookMs) {
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("lastSequence", report.last().lastSequence())
                .put("sealNumber", report.last().sealNumber())
                .put("sealHash", HexFormat.of().formatHex(report.last().hash()))
                .put("sealTimeMs", report.last().timeMs())
                .put("newRecords", report.recordCount())
                .put("segmentsTouched", report.segmentCount())
                .put("copiedLength", report.copiedLength())
                .put("tookMs", tookMs);
        keys.forEach(object.putArray("keys")::add);
        return object;
    }

    private static void print(
            final PrintWriter out, final CopyReport report, final List<String> keys, final long tookMs) {
        out.printf(
                "backup       to record %,d under seal %,d of %s%n",
                report.last().lastSequence(),
                report.last().sealNumber(),
                ShownTime.of(report.last().timeMs()));
        out.printf("its hash     %s%n", HexFormat.of().formatHex(report.last().hash()));
        out.printf(
                "new          %,d records, %,d bytes in %,d segments, checked, in %.1f s%n",
                report.recordCount(), report.copiedLength(), report.segmentCount(), tookMs / 1_000.0);
        if (!keys.isEmpty()) {
            out.printf("keys         %s%n", String.join(", ", keys));
        }
    }
}
