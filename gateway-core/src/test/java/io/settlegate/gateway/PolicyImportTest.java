package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Policies by the command line: into a gateway that serves, by several files, and what an operator is told of a refusal. */
@Timeout(120)
class PolicyImportTest {
    private static final Path DEMO = Path.of("src", "main", "resources", "demo", "policy.yaml");

    @TempDir
    private Path directory;

    @Test
    void shouldImportVersionsIntoAGatewayThatServesAndReplayThem() throws IOException {
        final SmallCity city = SmallCity.found(directory);
        final Operator operator = new Operator(city.data());
        final String demo = Files.readString(DEMO).replace("region: \"320300\"", "region: \"329900\"");
        final String regions = write("regions.csv", "admdvs,poolarea,name\n329901,329900,别处\n");
        SmallCity.run("admin", "import", "--data", city.data().toString(), "--regions", regions);
        final String first = write("first.yaml", demo.replace("2100-01-01", "2026-07-01"));
        final String second =
                write("second.yaml", demo.replace("2023-01-01", "2026-07-01").replace("version: 1\n", "version: 2\n"));
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC())) {
            assertThat(operator.done("import", "--policy", second, "--policy", first))
                    .contains("the gateway is running")
                    .contains("imported 2 rows in 1 parts");
            final String changed = write(
                    "changed.yaml", Files.readString(Path.of(second)).replace("annual_cap: 7000", "annual_cap: 8000"));
            final Operator.Result refused = operator.admin("import", "--policy", changed, "--policy", first);
            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.err()).contains("refused at changed.yaml:7").contains("VERSION_CHANGED");
            final Operator.Result bad = operator.admin(
                    "import",
                    "--policy",
                    write("bad.yaml", demo.replace("fund: hifmi", "fund: none")),
                    "--policy",
                    first);
            assertThat(bad.exitCode()).isEqualTo(Settlegate.FOUND);
            assertThat(bad.err()).contains("bad.yaml:32 schemes[1].fund").contains("nothing was imported");
            assertThat(gateway.operatorAddress()).isNotNull();
        }
        operator.replay();
    }

    private String write(final String name, final String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
