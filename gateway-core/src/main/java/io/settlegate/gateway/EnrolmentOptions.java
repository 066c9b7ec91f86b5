package io.settlegate.gateway;

import io.settlegate.gateway.certificates.CertificateRefusedException;
import io.settlegate.gateway.certificates.EnrolmentCheck;
import io.settlegate.gateway.certificates.Revocation;
import io.settlegate.gateway.certificates.TerminalCertificate;
import io.settlegate.gateway.certificates.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that enrol a terminal by its certificate. Who is trusted is said in full: without an authority, and without a list or
 * the word that none is wanted, nothing is done.
 *
 * <p>One thread; blocks on the disk.
 */
final class EnrolmentOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "the terminal's certificate, PEM or DER; its issuers' may follow in the file")
    private Path certificate;

    @Option(
            names = "--chain",
            paramLabel = "FILE",
            description = "certificates between the terminal's and an authority's")
    private List<Path> chain = new ArrayList<>();

    @Option(
            names = "--authority",
            paramLabel = "FILE",
            description = "certificates of the authorities that you trust (default: DIR/keys/authorities.pem)")
    private List<Path> authorities = new ArrayList<>();

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "revocation list, PEM or DER; one of each issuer of the chain, and current")
    private List<Path> lists = new ArrayList<>();

    @Option(names = "--no-crl", description = "enrol without revocation lists; the journal says so")
    private boolean withoutLists;

    /** Whether a certificate is named, as it must be where no public key is. */
    boolean isMeantBeside(final Path publicKey) {
        final boolean isSaidMore = !chain.isEmpty() || !authorities.isEmpty() || !lists.isEmpty() || withoutLists;
        if (publicKey == null && certificate == null) {
            throw wrong("name the terminal's key with --public-key FILE, or its certificate with --certificate FILE");
        }
        if (publicKey != null && certificate != null) {
            throw wrong("--public-key and --certificate exclude each other; leave one out");
        }
        if (publicKey != null && isSaidMore) {
            throw wrong(
                    "--chain, --authority, --crl, and --no-crl belong to --certificate; name it, or leave them out");
        }
        return certificate != null;
    }

    TerminalCertificate check(final DataDirectory directory, final String institution, final String sn)
            throws IOException, CertificateRefusedException {
        if (withoutLists && !lists.isEmpty()) {
            throw wrong("--crl and --no-crl exclude each other; leave one out");
        }
        if (!withoutLists && lists.isEmpty()) {
            throw wrong(
                    "name the revocation list of each issuer with --crl FILE; or say --no-crl, if you enrol a terminal"
                            + " without knowing whether its certificate was revoked");
        }
        final Trust trust =
                new Trust(trusted(directory), lists, withoutLists ? Revocation.WAIVED : Revocation.LISTS_CHECKED);
        return new EnrolmentCheck(trust, Clock.systemUTC()).check(certificate, chain, institution, sn);
    }

    void tell(final CertificateRefusedException refused) {
        spec.commandLine().getErr().println(refused.getMessage() + ". Nothing was sent");
    }

    private List<Path> trusted(final DataDirectory directory) {
        if (!authorities.isEmpty()) {
            return authorities;
        }
        if (directory != null && Files.exists(directory.authoritiesFile())) {
            return List.of(directory.authoritiesFile());
        }
        throw wrong("name the authority that you trust with --authority FILE"
                + (directory == null ? "" : ", or put its certificate into " + directory.authoritiesFile()));
    }

    private ParameterException wrong(final String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
