package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.explanation.ExplanationDocument;
import io.settlegate.gateway.explanation.ExplanationText;
import io.settlegate.gateway.explanation.Finding;
import io.settlegate.gateway.explanation.SettlementFinder;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Explains a settlement, presettlement, or cancel: each step of who pays what, with its rule and rounding.",
            "Lines, and the accumulators before and after. A refusal is explained too, by its msgid. What names a person is masked.",
            "",
            "Reads the journal from the newest snapshot before that record, or from its beginning, and computes it again, which",
            "takes seconds for each million records. Needs no lock: the gateway may be running.",
            "Exit code 0: explained, and equal to the record. 1: there is no such record, or this build computes it otherwise.",
            "2: nobody's share is computed by that record."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int MSGID_LENGTH = 30;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "data directory")
    private Path directory;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SETL_ID",
            description = "settlement number: region (6), date (8), sequence (16)")
    private String setlId;

    @Option(
            names = "--msgid",
            paramLabel = "M",
            description = "by message number, 30 characters, in place of SETL_ID: its first outcome")
    private String msgid;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        checkArguments();
        try (Store store = new DataDirectory(directory).existingStore();
                JournalFollower follower = JournalFollower.open(store)) {
            final SettlementFinder finder = new SettlementFinder(follower);
            final Finding finding = setlId == null ? finder.byMsgid(msgid) : finder.bySetlId(setlId);
            if (finding.what() != Finding.What.FOUND) {
                spec.commandLine().getErr().println("settlegate: " + finding.words());
                return finding.what() == Finding.What.MISSING ? Settlegate.FOUND : ExitCode.USAGE;
            }
            return print(ExplanationDocument.of(store, follower, finding));
        }
    }

    private void checkArguments() {
        if ((setlId == null) == (msgid == null)) {
            throw new ParameterException(spec.commandLine(), "name one settlement: its SETL_ID, or --msgid");
        }
        if (setlId != null && !setlId.matches("[0-9]{30}")) {
            throw new ParameterException(
                    spec.commandLine(), "a setl_id is 30 digits: region (6), date (8), sequence (16)");
        }
        if (msgid != null && msgid.length() != MSGID_LENGTH) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--msgid wants all " + MSGID_LENGTH + " characters of the msgid, not " + msgid.length());
        }
    }

    private int print(final ObjectNode document) {
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), document);
        } else {
            ExplanationText.print(spec.commandLine().getOut(), document);
        }
        if (ExplanationDocument.isClean(document)) {
            return 0;
        }
        spec.commandLine()
                .getErr()
                .println("settlegate: this build computes otherwise than the journal says; see what differs, and run"
                        + " `settlegate replay`");
        return Settlegate.FOUND;
    }
}
