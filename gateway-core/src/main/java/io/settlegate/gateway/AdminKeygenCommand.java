package io.settlegate.gateway;

import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = "Makes an SM2 key pair: FILE (private, PKCS#8 PEM, owner only) and its public half beside it.")
final class AdminKeygenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description =
                    "private key; the public one goes to FILE with .pub before its ending. Neither is overwritten.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        final Path publicFile = publicFileOf(out);
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        try {
            KeyFiles.writePrivate(out, key);
            KeyFiles.writePublic(publicFile, key.publicKey());
        } catch (final FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " exists; a key is never overwritten", e);
        }
        spec.commandLine().getOut().println("private key  " + out);
        spec.commandLine().getOut().println("public key   " + publicFile);
        spec.commandLine()
                .getOut()
                .println("for terminals.csv (public_key): " + key.publicKey().toHex());
        return 0;
    }

    static Path publicFileOf(final Path privateFile) {
        final String name = privateFile.getFileName().toString();
        final int dot = name.lastIndexOf('.');
        return privateFile.resolveSibling(
                dot <= 0 ? name + ".pub" : name.substring(0, dot) + ".pub" + name.substring(dot));
    }
}
