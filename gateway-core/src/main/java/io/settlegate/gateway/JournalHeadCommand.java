package io.settlegate.gateway;

import io.settlegate.journal.JournalProver;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.proof.Head;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "head",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the journal's head: its newest durable seal, signed, which speaks for all records up to it.",
            "Keep it away from the gateway. `journal verify --from-head` and `journal consistency` show with it whether the",
            "journal still is what it was. It names no person. Reads the journal's end alone; the gateway may be running.",
            "Exit code 0: printed."
        })
final class JournalHeadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Option(names = "--seal", paramLabel = "N", description = "the head that seal N is, in place of the newest")
    private Long sealNumber;

    @Option(names = "--out", paramLabel = "FILE", description = "write the head into a new file")
    private Path out;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final Head head;
        try (Store store = data.openStore()) {
            final JournalProver prover = data.prover(store);
            head = sealNumber == null ? prover.newest() : prover.at(sealNumber);
        }
        if (out != null) {
            OutFile.write(out, head.toText());
        }
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), HeadDocument.of(head));
        } else if (out == null) {
            spec.commandLine().getOut().print(head.toText());
            spec.commandLine().getOut().flush();
        } else {
            spec.commandLine()
                    .getOut()
                    .println("seal " + head.number() + " over records to "
                            + head.seal().lastSequence() + " is in " + out);
        }
        return 0;
    }
}
