package io.settlegate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.settlegate.loadtest.gateway.GatewayInstallation;
import io.settlegate.loadtest.gateway.GatewayProcess;
import io.settlegate.loadtest.gateway.GatewayPublicKey;
import io.settlegate.loadtest.gateway.SampleGateway;
import io.settlegate.loadtest.population.CatalogueItem;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationSize;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.protocol.crypto.KeyFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example terminal of docs/examples against a real gateway, and against the test vectors: what a vendor's first day looks
 * like. {@code -Dsettlegate.python=none} leaves it out by name; another value names the interpreter.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class PythonExampleIT {
    private static final String PYTHON = System.getProperty("settlegate.python", "python3");
    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "terminal.py");
    private static final Path VECTORS = Path.of("..", "docs", "vectors");
    private static final int RUN_DEADLINE_S = 120;
    private static final long SEED = 20_261_122;
    private static final int MICRO_DIGITS = 6;

    private Path directory;
    private Population population;
    private SampleGateway sample;
    private GatewayProcess gateway;

    @BeforeAll
    void start(@TempDir final Path below) throws Exception {
        assumeFalse(PYTHON.equals("none"), "left out by -Dsettlegate.python=none");
        requirePython();
        directory = below;
        sample = new SampleGateway(below.resolve("gateway"), GatewayInstallation.find());
        population = Population.generate(SEED, new PopulationSize(200, 4, 8, 40));
        sample.writeCity(population);
        sample.found();
        gateway = sample.start("batch");
    }

    @AfterAll
    void stop() throws Exception {
        if (gateway != null) {
            gateway.terminate();
            gateway.close();
        }
    }

    @Test
    void shouldRunADayInAHospital() throws Exception {
        runADay(terminal(Kind.HOSPITAL), "hospital.pem");
    }

    @Test
    void shouldRunADayInAPharmacy() throws Exception {
        runADay(terminal(Kind.PHARMACY), "pharmacy.pem");
    }

    @Test
    void shouldHoldTheTestVectors() throws Exception {
        final String output = python(EXAMPLE.toString(), "--check-vectors", VECTORS.toString());
        assertThat(output)
                .contains("keys.json", "signatures.json", "trees.json", "proofs.json", "messages.json", "session.json");
    }

    private void runADay(final Terminal terminal, final String keyName) throws Exception {
        final Path key = directory.resolve(keyName);
        KeyFiles.writePrivate(key, terminal.key());
        final Person person = person();
        final CatalogueItem item = population.items().stream()
                .filter(each -> !each.isService())
                .findFirst()
                .orElseThrow();
        final String output = python(
                EXAMPLE.toString(),
                "--host",
                gateway.address().getHostString(),
                "--port",
                String.valueOf(gateway.address().getPort()),
                "--gateway-id",
                SampleGateway.GATEWAY_ID,
                "--gateway-key",
                GatewayPublicKey.fileIn(sample.data()).toString(),
                "--sn",
                terminal.sn(),
                "--key",
                key.toString(),
                "--institution",
                terminal.institution().fixmedinsCode(),
                "--admdvs",
                terminal.institution().admdvs(),
                "--insuplc",
                person.insuplcAdmdvs(),
                "--cert-no",
                person.certno(),
                "--item",
                item.medListCodg() + ":"
                        + BigDecimal.valueOf(item.usualPricE6(), MICRO_DIGITS).toPlainString());
        assertThat(output).contains("9002 sign-out", "as the document says");
    }

    private enum Kind {
        HOSPITAL,
        PHARMACY
    }

    private Terminal terminal(final Kind kind) {
        return population.terminals().stream()
                .filter(each -> each.institution().isPharmacy() == (kind == Kind.PHARMACY))
                .findFirst()
                .orElseThrow();
    }

    /** One who is insured, of working age, with money on the account. */
    private Person person() {
        return population.persons().stream()
                .filter(each ->
                        each.psnInsuStas().equals("1") && each.psnType().startsWith("11") && each.allocationFen() > 0)
                .findFirst()
                .orElseThrow();
    }

    private static void requirePython() throws InterruptedException {
        try {
            final Process process = new ProcessBuilder(PYTHON, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(RUN_DEADLINE_S, TimeUnit.SECONDS))
                    .as("%s --version ends", PYTHON)
                    .isTrue();
        } catch (final IOException e) {
            throw new AssertionError(
                    PYTHON
                            + " cannot be started. The example of docs/examples must run in each build: install Python 3.9 or"
                            + " newer, name it with -Dsettlegate.python=PATH, or leave it out with -Dsettlegate.python=none",
                    e);
        }
    }

    /** Runs the interpreter; fails with what it wrote unless it ends with 0 in time. */
    private static String python(final String... arguments) throws Exception {
        final List<String> line = new ArrayList<>(List.of(PYTHON, "-B"));
        line.addAll(List.of(arguments));
        final Path output = Files.createTempFile("settlegate-example-", ".out");
        try {
            final Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(RUN_DEADLINE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the example did not end within " + RUN_DEADLINE_S + " s; it wrote:\n"
                        + Files.readString(output));
            }
            final String text = Files.readString(output);
            assertThat(process.exitValue())
                    .as("exit code of the example, which wrote:%n%s", text)
                    .isZero();
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
