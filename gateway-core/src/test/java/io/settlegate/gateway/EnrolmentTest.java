package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.certificates.TestAuthority;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.GatewayRefusedException;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Terminals that come with a certificate, on a gateway that serves. After each test the journal must replay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class EnrolmentTest {
    private final Random random = new Random(20_261_124);
    private final Instant now = Instant.now();
    private Path directory;
    private SmallCity city;
    private Operator operator;
    private Gateway gateway;
    private TestAuthority authority;
    private Path authorityFile;
    private Path list;

    @BeforeAll
    void found(@TempDir final Path temporary) throws IOException {
        directory = temporary;
        city = SmallCity.found(temporary);
        operator = new Operator(city.data());
        authority = TestAuthority.root("Authority", now);
        authorityFile = authority.writeCertificate(directory.resolve("authority.pem"));
        list = authority.writeEmptyList(directory.resolve("authority.crl"));
    }

    @BeforeEach
    void start() throws IOException {
        gateway =
                GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
    }

    @AfterEach
    void stopAndReplay() throws IOException {
        gateway.close();
        operator.replay();
    }

    @Test
    void shouldLetATerminalSettleOnceItsCertificateEnrolledIt() throws Exception {
        final TerminalIdentity terminal = identity("SN-CERT");
        assertThatThrownBy(() -> connect(terminal)).isInstanceOf(GatewayRefusedException.class);
        final byte[] certificate = certificate(terminal);
        final Path file = TestAuthority.writePem(directory.resolve("terminal.pem"), certificate);
        final String digest = HexFormat.of().formatHex(Sm3.hash(certificate));
        final String told = operator.done(
                register(terminal, file, "--authority", authorityFile.toString(), "--crl", list.toString()));
        assertThat(told)
                .startsWith("terminal SN-CERT of " + SmallCity.PHARMACY + " enrolled by certificate 1267 (SM3 " + digest
                        + "): record ");
        settle(terminal);
        assertThat(act(told).get("certificateDigest").asText()).isEqualTo(digest);
        assertThat(act(told).get("revocation").asInt()).isEqualTo(1);
    }

    @Test
    void shouldTrustTheAuthoritiesOfTheDataDirectory() throws Exception {
        final TerminalIdentity terminal = identity("SN-DEFAULT");
        final Path file = TestAuthority.writePem(directory.resolve("default.pem"), certificate(terminal));
        final Path trusted =
                Files.copy(authorityFile, city.data().resolve("keys").resolve("authorities.pem"));
        final String told = operator.done(register(terminal, file, "--no-crl"));
        Files.delete(trusted);
        assertThat(told).contains("), no revocation list looked at: record ");
        assertThat(act(told).get("revocation").asInt()).isZero();
        settle(terminal);
        final Operator.Result untrusted = operator.admin(register(terminal, file, "--no-crl"));
        assertThat(untrusted.exitCode()).isEqualTo(2);
        assertThat(untrusted.err()).contains("--authority FILE, or put its certificate into", "authorities.pem");
    }

    @Test
    void shouldSendNothingForACertificateThatDoesNotDo() throws Exception {
        final TerminalIdentity terminal = identity("SN-OTHER");
        final Path file = TestAuthority.writePem(
                directory.resolve("other.pem"),
                authority.issueToTerminal("Zhang San", terminal.key().publicKey()));
        final String told = operator.refused(
                register(terminal, file, "--authority", authorityFile.toString(), "--crl", list.toString()));
        assertThat(told)
                .contains("certificate 1 of", SmallCity.PHARMACY + "-SN-OTHER", "Nothing was sent")
                .doesNotContain("Zhang");
        assertThatThrownBy(() -> connect(terminal)).isInstanceOf(GatewayRefusedException.class);
    }

    @Test
    void shouldNotGuessWhatIsMeant() throws Exception {
        final TerminalIdentity terminal = identity("SN-GUESS");
        final Path file = TestAuthority.writePem(directory.resolve("guess.pem"), certificate(terminal));
        final String authorities = authorityFile.toString();
        assertWrongUse("--crl FILE", register(terminal, file, "--authority", authorities));
        assertWrongUse(
                "exclude each other",
                register(terminal, file, "--authority", authorities, "--no-crl", "--crl", list.toString()));
        assertWrongUse("exclude each other", register(terminal, file, "--no-crl", "--public-key", authorities));
        final String[] neither = {"terminal", "register", "--sn", "SN", "--institution", "P", "--model", "M"};
        assertWrongUse("--public-key FILE, or its certificate", neither);
        assertWrongUse("belong to --certificate", with(neither, "--public-key", authorities, "--no-crl"));
        final Operator.Result absent =
                operator.admin(register(terminal, directory.resolve("absent"), "--authority", authorities, "--no-crl"));
        assertThat(absent.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(absent.err()).contains("absent is no file");
    }

    private void assertWrongUse(final String said, final String... arguments) {
        final Operator.Result result = operator.admin(arguments);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(said);
    }

    private static String[] register(final TerminalIdentity terminal, final Path certificate, final String... more) {
        final String[] arguments = {
            "terminal",
            "register",
            "--sn",
            terminal.sn(),
            "--institution",
            terminal.fixmedinsCode(),
            "--model",
            "MODEL-4",
            "--certificate",
            certificate.toString()
        };
        return with(arguments, more);
    }

    private static String[] with(final String[] arguments, final String... more) {
        final String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }

    private byte[] certificate(final TerminalIdentity terminal) throws IOException {
        return authority.issueToTerminal(
                terminal.fixmedinsCode() + "-" + terminal.sn(), terminal.key().publicKey());
    }

    private static TerminalIdentity identity(final String sn) {
        return new TerminalIdentity(
                sn, SmallCity.PHARMACY, SmallCity.COUNTY, Sm2PrivateKey.generate(new SecureRandom()));
    }

    /** The act as the journal has it, of the record that a command named. */
    private JsonNode act(final String told) throws IOException {
        final String sequence = told.substring(told.lastIndexOf(' ') + 1).trim();
        final JsonNode record = new ObjectMapper()
                .readTree(SmallCity.run("journal", "show", city.data().toString(), "--sequence", sequence, "--json"));
        final JsonNode act =
                record.findValue("certificateDigest") == null ? null : record.findParent("certificateDigest");
        assertThat(act).as("record %s: %s", sequence, record).isNotNull();
        return act;
    }

    private TerminalClient connect(final TerminalIdentity terminal) throws IOException, InterruptedException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC());
    }

    private void settle(final TerminalIdentity terminal) throws Exception {
        try (TerminalClient client = connect(terminal)) {
            assertThat(client.send(client.requests()
                                    .settle(
                                            client.nextMsgid(),
                                            SmallCity.settlement(random, terminal, System.currentTimeMillis())))
                            .get(20, TimeUnit.SECONDS)
                            .code())
                    .isEqualTo(ResultCode.OK);
        }
    }
}
