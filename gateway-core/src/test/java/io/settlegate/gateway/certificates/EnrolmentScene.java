package io.settlegate.gateway.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A root, an authority below it, a terminal, and the files that an operator would have, on a day long past. */
final class EnrolmentScene {
    static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");
    static final String INSTITUTION = "H32030200001";
    static final String SN = "SN-0007";
    static final String NAME = INSTITUTION + "-" + SN;
    static final Sm2PublicKey KEY = TestAuthority.keyOf("terminal").publicKey();

    final TestAuthority root = TestAuthority.root("Root", NOW);
    final TestAuthority middle = root.below(TestAuthority.draft("Middle", NOW), "Middle");
    private final Path directory;
    private int fileNumber;

    final List<Path> authorities = new ArrayList<>();
    final List<Path> chain = new ArrayList<>();
    final List<Path> lists = new ArrayList<>();
    Revocation revocation = Revocation.LISTS_CHECKED;
    Instant now = NOW;

    EnrolmentScene(final Path directory) throws IOException {
        this.directory = directory;
    }

    static CertificateDraft terminal() {
        return CertificateDraft.terminal(NAME, KEY, NOW);
    }

    /** Trusts an authority, and has its empty list. */
    EnrolmentScene trusting(final TestAuthority authority) throws IOException {
        authorities.add(file(authority.certificate()));
        return listed(authority);
    }

    EnrolmentScene listed(final TestAuthority authority) throws IOException {
        return with(authority.sign(authority.draftList()));
    }

    /** With this revocation list, in DER. */
    EnrolmentScene with(final byte[] list) throws IOException {
        lists.add(Files.write(next(), list));
        return this;
    }

    TerminalCertificate check(final byte[]... certificates) throws IOException, CertificateRefusedException {
        return check(file(certificates));
    }

    TerminalCertificate check(final Path file) throws IOException, CertificateRefusedException {
        return new EnrolmentCheck(new Trust(authorities, lists, revocation), Clock.fixed(now, ZoneOffset.UTC))
                .check(file, chain, INSTITUTION, SN);
    }

    /** Checks what must be refused, and answers the message, which names a place, a fault, and what to do. */
    String refusal(final byte[]... certificates) {
        final CertificateRefusedException refused =
                catchThrowableOfType(CertificateRefusedException.class, () -> check(certificates));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.getMessage())
                .as("where, what, and what to do")
                .matches("(?s)(certificate|revocation list) \\d+ of \\S+ .+: .+")
                .doesNotContain("CN=")
                .doesNotContain("null");
        return refused.getMessage();
    }

    Path file(final byte[]... certificates) throws IOException {
        return TestAuthority.writePem(next(), certificates);
    }

    Path next() {
        fileNumber++;
        return directory.resolve("file-" + fileNumber);
    }
}
