package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** policy check, show, and diff as an operator runs them. */
final class PolicyCommandsTest {
    private static final Path POLICIES = Path.of("src", "main", "resources", "policies");
    private static final String FIRST = POLICIES.resolve("synthetic-1.yaml").toString();
    private static final String SECOND = POLICIES.resolve("synthetic-2.yaml").toString();

    private int exitCode;
    private String out;
    private String err;

    private void run(final String... arguments) {
        final StringWriter outText = new StringWriter();
        final StringWriter errText = new StringWriter();
        exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true))
                .execute(arguments);
        out = outText.toString();
        err = errText.toString();
    }

    @Test
    void shouldCheckGoodAndBadFiles(@TempDir final Path directory) throws IOException {
        run("policy", "check", FIRST, SECOND);
        assertThat(exitCode).isZero();
        assertThat(out.lines()).hasSize(2).allMatch(line -> line.startsWith("good: region 990100"));

        final Path bad = Files.writeString(
                directory.resolve("bad.yaml"), Files.readString(Path.of(FIRST)).replace("ratio: 0.9}", "ratio: 9}"));
        run("policy", "check", bad.toString());
        assertThat(exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(out).contains(bad + ":27: schemes[0].terms[0].tiers[0].ratio must be from 0 to 1");

        run("policy", "check", "--json", bad.toString());
        final JsonNode answer = new ObjectMapper().readTree(out);
        assertThat(answer.get("good").asBoolean()).isFalse();
        assertThat(answer.get("faults").get(0).asText()).contains("bad.yaml:27: ");

        run("policy", "check", directory.resolve("none.yaml").toString());
        assertThat(exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(err).contains("none.yaml cannot be read");
    }

    @Test
    void shouldShowThePolicyOfADay() throws IOException {
        run("policy", "show", FIRST, SECOND, "--date", "2026-07-01");
        assertThat(exitCode).isZero();
        assertThat(out).contains("version 2, from 2026-07-01").doesNotContain("version 1,");
        assertThat(out).containsPattern("deductible, stay 3 +0\\.00 +125\\.00 +200\\.00 +200\\.00");
        assertThat(out).contains("for low_margin, monitored, annual cap 20000.00");

        run("policy", "show", FIRST, "--date", "2026-07-01");
        assertThat(exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(out).contains("no version of these files is in force on 2026-07-01");

        run("policy", "show", "--json", FIRST);
        assertThat(new ObjectMapper()
                        .readTree(out)
                        .get("plan worker inpatient: annual cap")
                        .asText())
                .isEqualTo("100000.00");
    }

    @Test
    void shouldSayWhatChanges() throws IOException {
        run("policy", "diff", FIRST, SECOND);
        assertThat(exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(out)
                .contains("plan resident outpatient: annual cap: 1200.00 -> 1500.00")
                .contains("17 values differ");

        run("policy", "diff", "--json", FIRST, SECOND);
        assertThat(new ObjectMapper().readTree(out).get("differences")).hasSize(17);

        run("policy", "diff", FIRST, FIRST);
        assertThat(exitCode).isZero();
    }
}
