package io.settlegate.gateway;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.protocol.crypto.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of each command that can show a journal unmasked. Mixed in; filled by the command line. */
final class UnmaskOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--unmask",
            description = "show persons in clear; first leaves a durable record of who reads what, and why")
    private boolean isWanted;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "with --unmask: why, for the record; one line, 200 bytes, names nobody")
    private String reason;

    @Option(
            names = "--operator-key",
            paramLabel = "FILE",
            description = "with --unmask: the operator's private key, PEM")
    private Path operatorKey;

    @Option(
            names = "--connect",
            paramLabel = "WHERE",
            description =
                    "with --unmask: where operators connect: unix:PATH or HOST:PORT (default: unix:DIR/operator.sock)")
    private String connect;

    boolean isWanted() {
        return isWanted;
    }

    /** Refuses options that do not fit each other, before anything is read. */
    void check() {
        if (!isWanted) {
            if (reason != null || operatorKey != null || connect != null) {
                throw new ParameterException(
                        spec.commandLine(), "--reason, --operator-key, and --connect are for --unmask");
            }
            return;
        }
        if (operatorKey == null) {
            throw new ParameterException(
                    spec.commandLine(), "--unmask needs --operator-key FILE: the record of it is an operator's act");
        }
        final String fault = ReadScope.textFault(reason);
        if (fault != null) {
            throw new ParameterException(
                    spec.commandLine(), "--unmask needs --reason TEXT, which the journal keeps: the reason " + fault);
        }
    }

    /**
     * How to show what is read. Where unmasking is wanted the record of it is durable before this answers.
     *
     * @throws IOException if the record could not be made; then nothing may be shown.
     */
    Masking masking(final DataDirectory directory, final ReadScope scope) throws IOException {
        if (!isWanted) {
            return Masking.MASKED;
        }
        final ReadTrail trail = new ReadTrail(directory, connect, KeyFiles.readPrivate(operatorKey));
        final long sequence = trail.leave(scope, reason);
        spec.commandLine()
                .getErr()
                .println("settlegate: this reading is on record in the journal, as record " + sequence);
        return Masking.lifted(sequence);
    }
}
