package io.settlegate.gateway;

import io.settlegate.gateway.certificates.CertificateRefusedException;
import io.settlegate.gateway.certificates.TerminalCertificate;
import io.settlegate.gateway.operations.TerminalState;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "terminal",
        mixinStandardHelpOptions = true,
        description = "Registers, suspends, reactivates, and revokes terminals of a running gateway.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AdminTerminalCommand.Register.class,
            AdminTerminalCommand.Suspend.class,
            AdminTerminalCommand.Activate.class,
            AdminTerminalCommand.Revoke.class
        })
final class AdminTerminalCommand implements Runnable {
    private static final String EXIT_CODES = "Exit code 0: done, with a receipt. 1: refused; the reason is named.";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say which: admin terminal register, suspend, activate, or revoke");
    }

    @Command(
            name = "register",
            mixinStandardHelpOptions = true,
            description = {
                "Registers a terminal, or gives a registered one a new key; it is active afterwards.",
                "A session that was signed in with the old key is closed.",
                "The key comes from a file, or from a certificate, which is checked before anything is sent: SM2, chain to an",
                "authority of yours, validity now, revocation lists, and a common name CODE-SN.",
                EXIT_CODES
            })
    static final class Register implements Callable<Integer> {
        @Mixin
        private OperatorOptions options;

        @Option(names = "--sn", required = true, paramLabel = "SN", description = "the terminal's serial number")
        private String sn;

        @Option(
                names = "--institution",
                required = true,
                paramLabel = "CODE",
                description = "fixmedins_code of the institution where it stands")
        private String institution;

        @Option(
                names = "--model",
                required = true,
                paramLabel = "MODEL",
                description = "the maker's name of the device")
        private String model;

        @Option(
                names = "--public-key",
                paramLabel = "FILE",
                description = "the terminal's SM2 public key, PEM; this or --certificate")
        private Path publicKey;

        @Mixin
        private EnrolmentOptions enrolment;

        @Override
        public Integer call() throws IOException {
            if (enrolment.isMeantBeside(publicKey)) {
                return enrol();
            }
            final Sm2PublicKey key = KeyFiles.readPublic(publicKey);
            return options.perform(acts -> acts.register(sn, institution, key, model));
        }

        private int enrol() throws IOException {
            final TerminalCertificate certificate;
            try {
                certificate = enrolment.check(options.directory(), institution, sn);
            } catch (final CertificateRefusedException e) {
                enrolment.tell(e);
                return Settlegate.FOUND;
            }
            return options.perform(acts -> acts.enrol(sn, institution, certificate, model));
        }
    }

    @Command(
            name = "suspend",
            mixinStandardHelpOptions = true,
            description = {"Suspends a terminal and closes its connection. `activate` takes it back.", EXIT_CODES})
    static final class Suspend implements Callable<Integer> {
        @Mixin
        private OperatorOptions options;

        @Option(names = "--sn", required = true, paramLabel = "SN", description = "the terminal's serial number")
        private String sn;

        @Override
        public Integer call() throws IOException {
            return options.perform(acts -> acts.terminal(sn, TerminalState.SUSPENDED));
        }
    }

    @Command(
            name = "activate",
            mixinStandardHelpOptions = true,
            description = {"Lets a suspended terminal sign in again.", EXIT_CODES})
    static final class Activate implements Callable<Integer> {
        @Mixin
        private OperatorOptions options;

        @Option(names = "--sn", required = true, paramLabel = "SN", description = "the terminal's serial number")
        private String sn;

        @Override
        public Integer call() throws IOException {
            return options.perform(acts -> acts.terminal(sn, TerminalState.ACTIVE));
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = {"Revokes a terminal for ever and closes its connection.", EXIT_CODES})
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private OperatorOptions options;

        @Option(names = "--sn", required = true, paramLabel = "SN", description = "the terminal's serial number")
        private String sn;

        @Override
        public Integer call() throws IOException {
            return options.perform(acts -> acts.terminal(sn, TerminalState.REVOKED));
        }
    }
}
