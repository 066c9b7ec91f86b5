package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.proof.Head;
import io.settlegate.protocol.receipt.proof.ProofVerdict;
import io.settlegate.protocol.receipt.proof.ProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        name = "proof",
        mixinStandardHelpOptions = true,
        description = "Checks proofs of records and of consistency offline, without the journal.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ProofCommand.Verify.class, ProofCommand.HeadOf.class})
final class ProofCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: proof verify or proof head");
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Checks what `journal prove` or `journal consistency` made. Needs the gateway's public key and nothing of the journal.",
                "Name the heads that you keep: a proof that does not speak of them proves nothing about them.",
                "Exit code 0: valid. 1: not valid; the step that failed is named."
            })
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "the proof")
        private Path proof;

        @Option(
                names = {"--gateway-key", "--key"},
                required = true,
                paramLabel = "FILE",
                description = "the gateway's public key, PEM")
        private Path key;

        @Option(
                names = "--head",
                paramLabel = "FILE",
                description =
                        "a head that you keep and the proof must speak of; may be given twice for a consistency proof")
        private List<Path> heads = List.of();

        @Option(
                names = "--outcome",
                paramLabel = "FILE",
                description = "the outcome's bytes; without it the proof is of the outcome whose hash it names")
        private Path outcome;

        @Option(names = "--request", paramLabel = "FILE", description = "the signed request without its length field")
        private Path request;

        @Mixin
        private JsonOption json;

        @Override
        public Integer call() throws IOException {
            final Sm2PublicKey gatewayKey = KeyFiles.readPublic(key);
            final ProofVerdict verdict = new ProofVerifier(gatewayKey, new BouncyCastleVerifier())
                    .verify(ProofFiles.text(proof), ProofFiles.heads(heads), bytes(outcome), bytes(request));
            if (json.isWanted()) {
                JsonOption.print(
                        spec.commandLine().getOut(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("valid", verdict.isValid())
                                .put("step", verdict.step().name())
                                .put("detail", verdict.detail()));
            } else {
                spec.commandLine()
                        .getOut()
                        .println(
                                verdict.isValid()
                                        ? "valid: " + verdict.detail()
                                        : "not valid: " + verdict.step() + ", " + verdict.detail());
            }
            return verdict.isValid() ? 0 : Settlegate.FOUND;
        }

        private static byte[] bytes(final Path file) throws IOException {
            return file == null ? null : Files.readAllBytes(file);
        }
    }

    @Command(
            name = "head",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a head of a receipt: its seal is one. So a terminal's receipts bear witness as heads do.",
                "Exit code 0: made. 1: the receipt's seal is not signed with that key."
            })
    static final class HeadOf implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(
                names = {"--gateway-key", "--key"},
                required = true,
                paramLabel = "FILE",
                description = "the gateway's public key, PEM")
        private Path key;

        @Option(names = "--receipt", required = true, paramLabel = "FILE", description = "the receipt's bytes")
        private Path receipt;

        @Option(names = "--out", paramLabel = "FILE", description = "write the head into a new file")
        private Path out;

        @Mixin
        private JsonOption json;

        @Override
        public Integer call() throws IOException {
            final Head head =
                    new Head(Receipt.decode(Files.readAllBytes(receipt)).seal());
            if (!head.seal().isSignedBy(KeyFiles.readPublic(key), new BouncyCastleVerifier())) {
                spec.commandLine().getErr().println("settlegate: the receipt's seal is not signed with this key");
                return Settlegate.FOUND;
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
                spec.commandLine().getOut().println("seal " + head.number() + " is in " + out);
            }
            return 0;
        }
    }
}
