package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.activity.ActivityDocument;
import io.settlegate.gateway.activity.ActivityFiles;
import io.settlegate.gateway.activity.ActivityReading;
import io.settlegate.gateway.activity.ActivityReport;
import io.settlegate.gateway.activity.ActivityText;
import io.settlegate.gateway.activity.Span;
import io.settlegate.gateway.activity.Targets;
import io.settlegate.gateway.pages.ReportDirectory;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "activity",
        mixinStandardHelpOptions = true,
        description = {
            "Reports how much e-vouchers are used.",
            "",
            "It counts settlements by credential (01 e-voucher, 02 identity card, 03 social card) per",
            "institution and region, and persons with an e-voucher of persons insured, against targets (docs/CLEARING.md).",
            "A face that a terminal recognised ends as credential 01: face and QR code cannot be told apart.",
            "",
            "Reads the journal up to its durable mark; the gateway may be running. Who is insured is told by the engine,",
            "replayed to the last day from the newest snapshot before it: seconds for each million records.",
            "Exit code 0: told, whether targets are reached or missed. 4: refused or failed; the message says why."
        })
final class ActivityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalOption data;

    @Mixin
    private JsonOption json;

    @Option(names = "--from", required = true, paramLabel = "DATE", description = "the first business day, yyyy-MM-dd")
    private LocalDate from;

    @Option(names = "--to", required = true, paramLabel = "DATE", description = "the last one, which counts")
    private LocalDate to;

    @Option(
            names = "--by",
            defaultValue = "month",
            paramLabel = "day|month",
            description = "what a row is of (default: ${DEFAULT-VALUE})")
    private String by;

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "what regions are to reach, YAML (default: those of the papers in docs/CLEARING.md)")
    private Path targets;

    @Option(names = "--out", paramLabel = "DIR", description = "write a page, rows, and JSON to this new directory")
    private Path out;

    @Override
    public Integer call() throws IOException {
        final Span span = span();
        final Targets wanted = targets == null ? Targets.builtIn() : Targets.read(targets);
        try (Store store = data.openStore()) {
            final ActivityReport report = ActivityReading.of(store, span, wanted);
            final ObjectNode document = ActivityDocument.of(report);
            if (out != null) {
                try (ReportDirectory directory = ReportDirectory.create(out)) {
                    ActivityFiles.write(directory, report, document);
                    directory.commit();
                }
            }
            if (json.isWanted()) {
                JsonOption.print(spec.commandLine().getOut(), document);
            } else {
                ActivityText.print(spec.commandLine().getOut(), report);
            }
        }
        return 0;
    }

    private Span span() {
        if (!by.equals("day") && !by.equals("month")) {
            throw new ParameterException(spec.commandLine(), "--by is day or month, not " + by);
        }
        try {
            return new Span(from, to, by.equals("day") ? Span.By.DAY : Span.By.MONTH);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
