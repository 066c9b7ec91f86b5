package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.clearing.SettlementListReport;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the settlement list (4101) of an inpatient settlement.",
            "",
            "It holds what the gateway knows of person, stay, charges, and payments, as a printable page and as JSON under the",
            "field names of 4101. What it does not know is empty (docs/CLEARING.md).",
            "What names a person or tells of a diagnosis is masked unless --unmask is given, which leaves a record first.",
            "",
            "Reads the records since the admission, and computes the state before the settlement again, from the newest snapshot",
            "before it or from the journal's beginning: seconds for each million records.",
            "Exit code 0: written, and the amounts add up. 1: they do not. 4: there is no such settlement, or it failed."
        })
final class ClearingListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalOption data;

    @Mixin
    private JsonOption json;

    @Mixin
    private UnmaskOptions unmask;

    @Parameters(
            arity = "0..1",
            paramLabel = "SETL_ID",
            description = "settlement number: region (6), date (8), sequence (16)")
    private String setlId;

    @Option(
            names = "--mdtrt-id",
            paramLabel = "ID",
            description = "by stay, in place of SETL_ID: its last settlement that stands")
    private String mdtrtId;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write FILE.html and FILE.json, which may not be there yet (default: the JSON to the screen)")
    private Path out;

    @Override
    public Integer call() throws IOException {
        unmask.check();
        checkArguments();
        try (Store store = data.openStore()) {
            final SettlementListReport report = setlId != null
                    ? SettlementListReport.bySetlId(store, setlId)
                    : SettlementListReport.byMdtrtId(store, mdtrtId);
            final Masking masking = unmask.masking(data.directory(), scope(report));
            final ObjectNode document = report.document(masking);
            if (out != null) {
                write("html", report.page(masking));
                write("json", document.toPrettyString() + '\n');
            }
            if (json.isWanted() || out == null) {
                JsonOption.print(spec.commandLine().getOut(), document);
            }
            if (!report.isSound()) {
                spec.commandLine()
                        .getErr()
                        .println("settlegate: amounts do not add up; the checks say which. Run `settlegate replay`");
            }
            return report.isSound() ? 0 : Settlegate.FOUND;
        }
    }

    private void checkArguments() {
        if ((setlId == null) == (mdtrtId == null)) {
            throw new ParameterException(spec.commandLine(), "name one: SETL_ID, or --mdtrt-id");
        }
        if (!(setlId == null ? mdtrtId : setlId).matches("[0-9]{30}")) {
            throw new ParameterException(
                    spec.commandLine(), "setl_id and mdtrt_id are 30 digits: region (6), date (8), sequence (16)");
        }
    }

    private ReadScope scope(final SettlementListReport report) {
        final String asked = setlId != null ? "clearing list " + setlId : "clearing list --mdtrt-id " + mdtrtId;
        return new ReadScope(ReadCommand.SHOW, report.firstSequence(), report.lastSequence(), asked, asked);
    }

    private void write(final String ending, final String text) throws IOException {
        final Path file = out.resolveSibling(out.getFileName() + "." + ending);
        if (Files.exists(file)) {
            throw new IOException(file + " is there already; name another --out");
        }
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    }
}
