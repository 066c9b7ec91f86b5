package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.operations.ActAdvice;
import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.operations.OperatorActs;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of each command that does one act on a running gateway, and the doing: sign, send, check the receipt, tell.
 *
 * <p>One thread; blocks on the socket up to its timeout.
 */
final class OperatorOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory of the gateway on this machine")
    private Path data;

    @Option(
            names = "--connect",
            paramLabel = "WHERE",
            description = "where operators connect: unix:PATH or HOST:PORT (default: unix:DIR/operator.sock)")
    private String connect;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the operator's private key, PEM (default: DIR/keys/operator.pem)")
    private Path key;

    @Option(
            names = "--gateway-id",
            paramLabel = "ID",
            description = "which gateway the act is for; needed without --data, whose journal names it")
    private String gatewayId;

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description = "saves the receipt here, and beside it FILE.act and FILE.outcome, for `receipt verify`")
    private Path receipt;

    @Option(names = "--json", description = "print an object for programs")
    private boolean json;

    /** The data directory on this machine; null where none is named. */
    DataDirectory directory() {
        return data == null ? null : new DataDirectory(data);
    }

    /** Does the act that {@code make} signs. @return the exit code. */
    int perform(final Function<OperatorActs, SignedAct> make) throws IOException {
        if (data == null && (connect == null || key == null || gatewayId == null)) {
            throw new ParameterException(
                    spec.commandLine(), "name --data DIR, or all of --connect, --key, and --gateway-id");
        }
        if (receipt != null && Files.exists(receipt)) {
            throw new IOException(receipt + " exists; a receipt is never overwritten. Nothing was sent");
        }
        final DataDirectory directory = directory();
        final Sm2PrivateKey operatorKey = key == null ? directory.operatorKey() : KeyFiles.readPrivate(key);
        final String audience = gatewayId == null ? gatewayIdOf(directory) : gatewayId;
        final SignedAct act = make.apply(
                new OperatorActs(new Sm2Signer(operatorKey, new SecureRandom()), audience, Clock.systemUTC()));
        final ActAnswer answer = send(act, audience);
        if (answer.receipt().length > 0) {
            save(act, answer);
            check(act, answer, directory);
        }
        tell(act, answer);
        return answer.kind() == ActAnswer.Kind.DONE ? 0 : Settlegate.FOUND;
    }

    private static String gatewayIdOf(final DataDirectory directory) throws IOException {
        try (Store store = directory.existingStore()) {
            return Journal.genesisOf(store).gatewayId();
        }
    }

    private ActAnswer send(final SignedAct act, final String audience) throws IOException {
        final OperatorLink link = new OperatorLink(data, connect);
        try (OperatorClient client = link.connect(audience)) {
            return answer(client, act);
        }
    }

    private static ActAnswer answer(final OperatorClient client, final SignedAct act) throws IOException {
        try {
            return client.perform(act);
        } catch (final IOException e) {
            throw new IOException(
                    "the gateway gave no answer (" + e.getMessage()
                            + "): whether the act was done is not known. Run the same command again;"
                            + " none of these acts has a second effect",
                    e);
        }
    }

    private void save(final SignedAct act, final ActAnswer answer) throws IOException {
        if (receipt == null) {
            return;
        }
        Files.write(receipt, answer.receipt());
        Files.write(receipt.resolveSibling(receipt.getFileName() + ".outcome"), answer.outcome());
        Files.write(receipt.resolveSibling(receipt.getFileName() + ".act"), act.frame());
    }

    /** Where this machine holds the gateway's public key, an answer without proof is none. */
    private static void check(final SignedAct act, final ActAnswer answer, final DataDirectory directory)
            throws IOException {
        if (directory == null || !Files.exists(directory.gatewayPublicKeyFile())) {
            return;
        }
        final ReceiptVerdict verdict = new ReceiptVerifier(directory.gatewayPublicKey(), new BouncyCastleVerifier())
                .verify(answer.receipt(), answer.outcome(), act.frame());
        if (!verdict.isValid()) {
            throw new IOException("the answer to act " + act.actId() + " is not proven (" + verdict.step() + ", "
                    + verdict.detail() + "): do not rely on it, and find out who answers on that socket");
        }
    }

    private void tell(final SignedAct act, final ActAnswer answer) {
        final boolean done = answer.kind() == ActAnswer.Kind.DONE;
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(act, answer).toPrettyString());
        } else if (done) {
            out.println(act.effect() + ": record " + answer.sequence());
        } else {
            spec.commandLine().getErr().println(answer.refusal());
        }
    }

    private static ObjectNode toJson(final SignedAct act, final ActAnswer answer) {
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("done", answer.kind() == ActAnswer.Kind.DONE)
                .put("actId", act.actId())
                .put("effect", answer.kind() == ActAnswer.Kind.DONE ? act.effect() : "nothing changed")
                .put("sequence", answer.sequence())
                .put("code", answer.code().code())
                .put("codeName", answer.code().name());
        if (answer.kind() == ActAnswer.Kind.REFUSED) {
            object.put("reason", answer.reason().name()).put("advice", ActAdvice.of(answer.reason()));
        }
        return object;
    }
}
