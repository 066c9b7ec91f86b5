package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.JournalProver;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm3;
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
            "`proof verify` checks it offline with the gateway's public key. Without --out it says that it can be proven.",
            "The file names the outcome by its hash, with which a guess of the outcome can be tried: keep it as receipts are kept.",
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
            final JournalProver prover = data.prover(store);
            final Head head = headFile == null ? prover.newest() : ProofFiles.head(headFile);
            proof = prover.proveRecord(sequence, head);
        }
        if (out != null) {
            OutFile.write(out, proof.toText());
        }
        print(proof);
        return 0;
    }

    /** The text itself only goes into a file: it holds the hashes of request and outcome. */
    private void print(final RecordProof proof) {
        final long sealNumber = proof.receipt().seal().sealNumber();
        if (json.isWanted()) {
            final ObjectNode object = JsonNodeFactory.instance
                    .objectNode()
                    .put("sequence", proof.receipt().sequence())
                    .put("sealNumber", sealNumber)
                    .put("headNumber", proof.head().number())
                    .put("pathLength", proof.path().length / Sm3.LENGTH);
            if (out != null) {
                object.put("file", out.toString());
            }
            JsonOption.print(spec.commandLine().getOut(), object);
            return;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "record %d stands under seal %d, and that under head %d by a path of %d hashes; %s%n",
                        proof.receipt().sequence(),
                        sealNumber,
                        proof.head().number(),
                        proof.path().length / Sm3.LENGTH,
                        out == null ? "name a file with --out to have the proof" : "the proof is in " + out);
    }
}
