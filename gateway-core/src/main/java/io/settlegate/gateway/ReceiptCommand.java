package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "receipt",
        mixinStandardHelpOptions = true,
        description = "Checks receipts.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ReceiptCommand.Verify.class)
final class ReceiptCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec.commandLine(), "say which: receipt verify");
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Checks a receipt offline: the gateway committed to this outcome, for this request, at this place of its journal.",
                "Exit code 0: valid. 1: not valid; the step that failed is named."
            })
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(
                names = {"--key", "--gateway-key"},
                required = true,
                paramLabel = "FILE",
                description = "the gateway's public key, PEM")
        private Path key;

        @Option(
                names = "--receipt",
                required = true,
                paramLabel = "FILE",
                description = "the receipt's bytes from the reply")
        private Path receipt;

        @Option(
                names = "--outcome",
                required = true,
                paramLabel = "FILE",
                description = "the outcome's bytes from the reply")
        private Path outcome;

        @Option(
                names = "--request",
                paramLabel = "FILE",
                description = "the signed request without its length field; checked against the receipt where given")
        private Path request;

        @Mixin
        private JsonOption json;

        @Override
        public Integer call() throws IOException {
            final ReceiptVerifier verifier = new ReceiptVerifier(KeyFiles.readPublic(key), new BouncyCastleVerifier());
            final byte[] requestBytes = request == null ? null : Files.readAllBytes(request);
            final ReceiptVerdict verdict =
                    verifier.verify(Files.readAllBytes(receipt), Files.readAllBytes(outcome), requestBytes);
            if (json.isWanted()) {
                final ObjectNode object = new ObjectMapper()
                        .createObjectNode()
                        .put("valid", verdict.isValid())
                        .put("step", verdict.step().name())
                        .put("detail", verdict.detail());
                JsonOption.print(spec.commandLine().getOut(), object);
            } else {
                spec.commandLine()
                        .getOut()
                        .println((verdict.isValid() ? "valid: " : "not valid: ")
                                + (verdict.isValid() ? "" : verdict.step() + ", ")
                                + verdict.detail());
            }
            return verdict.isValid() ? 0 : Settlegate.FOUND;
        }
    }
}
