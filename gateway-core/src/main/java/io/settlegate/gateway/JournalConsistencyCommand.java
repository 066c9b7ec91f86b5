package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.settlegate.journal.JournalProver;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.proof.ConsistencyProof;
import io.settlegate.protocol.receipt.proof.Head;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "consistency",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that the journal of a later head holds all that it held at an earlier one, unchanged.",
            "`proof verify` checks it offline with the gateway's public key and the heads that one keeps.",
            "Reads all seals up to the later head: as quick as the disk. Needs no lock; the gateway may be running.",
            "Exit code 0: proven. 4: a head is not of this journal; the message says at which seal they part."
        })
final class JournalConsistencyCommand implements Callable<Integer> {
    private static final int MAX_NUMBER_DIGITS = 18;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Parameters(index = "1", paramLabel = "OLD", description = "the earlier head: a file, or the number of a seal")
    private String old;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "NEW",
            description = "the later head: a file, or the number of a seal; default: the newest")
    private String later;

    @Option(names = "--out", paramLabel = "FILE", description = "write the proof into a new file")
    private Path out;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final ConsistencyProof proof;
        try (Store store = data.openStore()) {
            final JournalProver prover = data.prover(store);
            final Head oldHead = head(prover, old);
            proof = prover.proveConsistency(oldHead, later == null ? prover.newest() : head(prover, later));
        }
        if (out != null) {
            OutFile.write(out, proof.toText());
        }
        if (json.isWanted()) {
            JsonOption.print(
                    spec.commandLine().getOut(),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("oldNumber", proof.oldHead().number())
                            .put("headNumber", proof.head().number())
                            .put("text", proof.toText()));
        } else if (out == null) {
            spec.commandLine().getOut().print(proof.toText());
            spec.commandLine().getOut().flush();
        } else {
            spec.commandLine()
                    .getOut()
                    .println("the proof from seal " + proof.oldHead().number() + " to seal "
                            + proof.head().number() + " is in " + out);
        }
        return 0;
    }

    private static Head head(final JournalProver prover, final String name) throws IOException {
        return name.matches("[0-9]{1," + MAX_NUMBER_DIGITS + "}")
                ? prover.at(Long.parseLong(name))
                : ProofFiles.head(Path.of(name));
    }
}
