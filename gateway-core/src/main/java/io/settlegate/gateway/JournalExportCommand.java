package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.export.ExportFormat;
import io.settlegate.gateway.export.ExportKind;
import io.settlegate.gateway.export.JournalExport;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the journal as rows for other programs, each record exactly once: settlements, fee lines, outcomes, acts.",
            "Files appear whole, named by the records that they are of; schema.json beside them names the columns",
            "(docs/EXPORT.md). The same command again goes on where the last run ended, however it ended.",
            "Takes what is durable and nothing beyond; the gateway may be running. What names a person is masked.",
            "Where the journal's first segments are archived, a new export begins with the first record that is there.",
            "Exit code 0: all that was durable at the start is exported. 4: refused or failed; the message says why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  settlegate journal export DIR --to /srv/export",
            "  settlegate journal export DIR --to /srv/feed --kind settlements --kind lines --format jsonl --follow"
        })
final class JournalExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Mixin
    private UnmaskOptions unmask;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "where the files stand; a new directory, or one that an earlier run of this export began")
    private Path to;

    @Option(
            names = "--format",
            defaultValue = "csv",
            paramLabel = "FORMAT",
            description = "csv or jsonl (default: ${DEFAULT-VALUE})")
    private String format;

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "KIND",
            description = "settlements, lines, outcomes, acts; may be given several times (default: all)")
    private List<String> kinds;

    @Option(
            names = "--part-records",
            defaultValue = "100000",
            paramLabel = "N",
            description =
                    "a file is of so many records of the journal, and up to the next seal (default: ${DEFAULT-VALUE})")
    private int partRecords;

    @Option(
            names = "--part-seconds",
            defaultValue = "10",
            paramLabel = "S",
            description = "with --follow: a file ends after so long at the latest (default: ${DEFAULT-VALUE})")
    private int partSeconds;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what a running gateway makes durable, until stopped")
    private boolean follow;

    @Override
    public Integer call() throws IOException {
        unmask.check();
        final JournalExport.Options options = options();
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store);
                JournalExport export = JournalExport.open(follower, options);
                Following following = new Following()) {
            final long first = export.nextSequence();
            final long durable = follower.lastSequence();
            final Masking masking = unmask.masking(data.directory(), scope(first, durable, options));
            if (follow) {
                export.follow(masking, following);
            } else {
                export.run(masking, following, durable);
            }
            tell(export, first);
        }
        return 0;
    }

    private JournalExport.Options options() {
        try {
            return new JournalExport.Options(
                    to,
                    formatOf(format),
                    kinds(),
                    partRecords,
                    partSeconds,
                    unmask.isWanted() ? JournalExport.Options.Unmasked.YES : JournalExport.Options.Unmasked.NO);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static ExportFormat formatOf(final String word) {
        for (final ExportFormat each : ExportFormat.values()) {
            if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException("--format is csv or jsonl, not " + word);
    }

    private Set<ExportKind> kinds() {
        if (kinds == null) {
            return EnumSet.allOf(ExportKind.class);
        }
        final Set<ExportKind> wanted = EnumSet.noneOf(ExportKind.class);
        for (final String word : kinds) {
            wanted.add(kindOf(word));
        }
        return wanted;
    }

    private static ExportKind kindOf(final String word) {
        for (final ExportKind each : ExportKind.values()) {
            if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException("--kind is settlements, lines, outcomes, or acts, not " + word);
    }

    private ReadScope scope(final long first, final long durable, final JournalExport.Options options) {
        final StringBuilder asked =
                new StringBuilder("export --format " + options.format().word());
        options.kinds().stream().sorted().forEach(kind -> asked.append(" --kind ")
                .append(kind.word()));
        return new ReadScope(
                ReadCommand.EXPORT,
                first,
                follow ? ReadScope.OPEN : Math.max(first, durable),
                asked.toString(),
                asked.toString());
    }

    private void tell(final JournalExport export, final long first) {
        final PrintWriter out = spec.commandLine().getOut();
        final long next = export.nextSequence();
        if (json.isWanted()) {
            final ObjectNode object = JsonNodeFactory.instance
                    .objectNode()
                    .put("exportFirstSequence", export.firstSequence())
                    .put("firstSequence", first)
                    .put("nextSequence", next);
            final ObjectNode rows = object.putObject("rows");
            export.rowCounts().forEach((kind, count) -> rows.put(kind.word(), count));
            JsonOption.print(out, object);
            return;
        }
        out.println(
                next == first
                        ? "nothing new: all durable records before " + next + " were exported before"
                        : "exported records " + first + " to " + (next - 1) + "; the next run goes on from there");
        if (export.firstSequence() > 0) {
            out.println("this export begins with record " + export.firstSequence()
                    + ": those before it were archived when it was begun, and are not in it");
        }
        export.rowCounts().forEach((kind, count) -> out.printf("  %-12s %,d rows in all%n", kind.word(), count));
        out.flush();
    }
}
