package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.crypto.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of docs/OPERATIONS.md, "Enrol by certificate": what {@code openssl} issues there enrols a terminal, which then signs
 * in, and what it revokes does not. Skipped only where no OpenSSL with SM2 certificates is installed.
 */
@Timeout(120)
class EnrolmentDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "OPERATIONS.md");
    private static final String DATA = "/var/lib/settlegate";
    private static final String REVOKE = "openssl ca -config ca.cnf -revoke terminal.pem -keyfile authority.key"
            + " -cert authority.pem -sigopt distid:1234567812345678\n"
            + "openssl ca -config ca.cnf -gencrl -keyfile authority.key -cert authority.pem"
            + " -sigopt distid:1234567812345678 -out authority.crl\n";

    @TempDir
    private Path directory;

    @Test
    void shouldEnrolATerminalAsTheDocumentSays() throws Exception {
        assumeTrue(
                exitCode("openssl req -help 2>&1 | grep -q sigopt && openssl list -public-key-algorithms | grep -q SM2")
                        == 0,
                "no openssl with SM2 certificates is installed");
        final SmallCity city = SmallCity.found(directory);
        final Operator operator = new Operator(city.data());
        run(block("terminal"));
        run(block("authority"));
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC())) {
            assertThat(operator.done(register(city.data())))
                    .startsWith("terminal SN-0007 of H32030200001 enrolled by certificate ")
                    .contains(digest());
            final TerminalIdentity terminal = new TerminalIdentity(
                    "SN-0007",
                    SmallCity.HOSPITAL,
                    SmallCity.COUNTY,
                    KeyFiles.readPrivate(directory.resolve("terminal.key")));
            try (TerminalClient client = TerminalClient.connect(
                    city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC())) {
                assertThat(client.pendingCount()).isZero();
            }
            run(REVOKE);
            assertThat(operator.refused(register(city.data()))).contains("is revoked by", "Nothing was sent");
        }
        operator.replay();
    }

    /** The operator's block, without `./settlegate admin` and `--data DIR`, which {@link Operator} says itself. */
    private String[] register(final Path data) throws IOException {
        final String command = block("operator")
                .replace("\\\n", " ")
                .replace(DATA, data.toString())
                .trim();
        final List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" +")));
        assertThat(arguments.subList(0, 2)).containsExactly("./settlegate", "admin");
        final int option = arguments.indexOf("--data");
        assertThat(option).isPositive();
        arguments.subList(option, option + 2).clear();
        return arguments.stream()
                .skip(2)
                .map(argument -> argument.matches("(terminal|authority)\\.(pem|crl)")
                        ? directory.resolve(argument).toString()
                        : argument)
                .toArray(String[]::new);
    }

    private String digest() throws IOException, InterruptedException {
        run("openssl x509 -in terminal.pem -outform DER | openssl dgst -sm3 -r > digest");
        return Files.readString(directory.resolve("digest")).substring(0, 64);
    }

    private static String block(final String name) throws IOException {
        final String document = Files.readString(DOCUMENT);
        final String mark = "<!-- trial: " + name + " -->\n\n```sh\n";
        final int from = document.indexOf(mark);
        assertThat(from).as("block %s of %s", name, DOCUMENT).isPositive();
        return document.substring(from + mark.length(), document.indexOf("```", from + mark.length()));
    }

    private void run(final String commands) throws IOException, InterruptedException {
        assertThat(exitCode("set -e\n" + commands))
                .as("%s%n%s", commands, Files.readString(directory.resolve("output")))
                .isZero();
    }

    private int exitCode(final String commands) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder("sh", "-c", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ended", commands)
                .isTrue();
        return process.exitValue();
    }
}
