package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.settlegate.journal.EarlierSeals;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.JournalProver;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.proof.Head;
import io.settlegate.protocol.receipt.proof.RecordProof;
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
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that a record stands in the journal under a head: its receipt, the path of its seal, and the head.",
            "`proof verify` checks it offline with the gateway's public key. The proof names the outcome by its hash; with it a",
            "guess of the outcome can be tried, so keep it as receipts are kept.",
            "Reads all seals up to the head: as quick as the disk. Needs no lock; the gateway may be running.",
            "Exit code 0: proven. 1: there is no such record. 4: the head is not of this journal, or older than the record."
        })
final class JournalProveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Parameters(index = "1", paramLabel = RecordArgument.LABEL, description = RecordArgument.DESCRIPTION)
    private String name;

    @Option(names = "--head", paramLabel = "FILE", description = "a head kept elsewhere; default: the newest")
    private Path headFile;

    @Option(names = "--out", paramLabel = "FILE", description = "write the proof into a new file")
    private Path out;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final RecordProof proof;
        try (Store store = data.openStore()) {
            final long sequence;
            try (JournalFollower follower = JournalFollower.open(store)) {
                sequence = RecordArgument.find(spec, follower, name);
            }
            if (sequence < 0) {
                return Settlegate.FOUND;
            }
            final JournalProver prover = new JournalProver(store, EarlierSeals.NONE);
            final Head head = headFile == null ? prover.newest() : ProofFiles.head(headFile);
            proof = prover.proveRecord(sequence, head);
        }
        if (out != null) {
            OutFile.write(out, proof.toText());
        }
        if (json.isWanted()) {
            JsonOption.print(
                    spec.commandLine().getOut(),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("sequence", proof.receipt().sequence())
                            .put("sealNumber", proof.receipt().seal().sealNumber())
                            .put("headNumber", proof.head().number())
                            .put("text", proof.toText()));
        } else if (out == null) {
            spec.commandLine().getOut().print(proof.toText());
            spec.commandLine().getOut().flush();
        } else {
            spec.commandLine()
                    .getOut()
                    .println("the proof of record " + proof.receipt().sequence() + " under seal "
                            + proof.head().number() + " is in " + out);
        }
        return 0;
    }
}
