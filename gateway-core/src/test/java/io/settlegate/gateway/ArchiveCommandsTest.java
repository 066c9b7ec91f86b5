package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Old segments of a gateway that goes on settling: archived, removed, read around, put back. */
@Timeout(180)
class ArchiveCommandsTest {
    private static final int SETTLEMENTS = 70;

    @TempDir
    private Path directory;

    private final Random random = new Random(8);

    /** What a command printed and how it ended. */
    private record Result(int exitCode, String out, String err) {
        private JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private static Result execute(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static Result good(final Object... arguments) {
        final Result result = execute(arguments);
        assertThat(result.exitCode)
                .as("%s%n%s%n%s", List.of(arguments), result.out, result.err)
                .isZero();
        return result;
    }

    @Test
    void shouldKeepWhatATerminalMayStillAskFor() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        AgeingCity.settle(city, random, 5);
        AgeingCity.settle(city, random, 1);
        final Result without = good("journal", "archive", city.data(), "--json");
        assertThat(without.json().get("segments")).isNotEmpty();
        assertThat(without.json().get("segments").findValuesAsText("verdict")).containsOnly("NO_SNAPSHOT");
        good("journal", "snapshot", city.data());
        final Result young = good("journal", "archive", city.data(), "--json");
        assertThat(young.json().get("segments").findValuesAsText("verdict"))
                .contains("ANSWERABLE")
                .doesNotContain("MAY_LEAVE");
        assertThat(city.data().resolve("archive")).doesNotExist();
        final Result removal = execute("journal", "remove-archived", city.data(), "--segment", 0);
        assertThat(removal.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(removal.err).contains("must stay");
    }

    @Test
    void shouldGoOnWithoutItsOldSegmentsAndPutThemBack() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        AgeingCity.settle(city, random, SETTLEMENTS);
        final JsonNode whole = good("journal", "info", city.data(), "--json").json();
        final Path oldHead = directory.resolve("old.head");
        good("journal", "head", city.data(), "--out", oldHead);
        AgeingCity.startLater(city);
        good("journal", "snapshot", city.data());

        final Result dry = good("journal", "archive", city.data(), "--dry-run", "--json");
        assertThat(dry.json().get("segments").findValuesAsText("verdict")).contains("MAY_LEAVE");
        assertThat(city.data().resolve("archive")).doesNotExist();
        final Result archived = good("journal", "archive", city.data(), "--json");
        assertThat(archived.json().get("segments").findValuesAsText("archived")).contains("true");
        final List<Integer> before = new DataDirectory(city.data()).store().segments();
        good("journal", "remove-archived", city.data(), "--all");
        final List<Integer> after = new DataDirectory(city.data()).store().segments();
        assertThat(after.size()).isLessThan(before.size());
        assertThat(after.get(0)).isPositive();

        final Result gone = execute("journal", "show", city.data(), "--sequence", 3);
        assertThat(gone.exitCode).isEqualTo(Settlegate.FAILED);
        assertThat(gone.err).contains("record 3 is archived in segment").contains("restore-archived");
        assertThat(execute("replay", city.data()).err + execute("replay", city.data()).out)
                .contains("archived");
        assertThat(good("journal", "verify", city.data(), "--from-head", oldHead).out)
                .contains("the journal holds this head");
        shouldNoticeDamageOfTheKeptHashes(city);
        good("journal", "tail", city.data(), "-n", "3");

        // A head from before the cut is proven with the hashes that were kept, and a record from after it.
        final Path key = city.data().resolve("keys").resolve("gateway.pub.pem");
        final Path consistency = directory.resolve("consistency.proof");
        good("journal", "consistency", city.data(), oldHead, "--out", consistency);
        good("proof", "verify", consistency, "--gateway-key", key, "--head", oldHead);
        final Path proof = directory.resolve("record.proof");
        final long last = good("journal", "info", city.data(), "--json")
                .json()
                .get("lastSequence")
                .asLong();
        good("journal", "prove", city.data(), last, "--out", proof);
        good("proof", "verify", proof, "--gateway-key", key);

        // It starts, backs up, and goes on.
        try (OpenGateway opened = OpenGateway.recover(new DataDirectory(city.data()), DurabilityLevel.BATCH)) {
            assertThat(opened.journal().genesis().gatewayId()).isEqualTo(SmallCity.GATEWAY_ID);
            assertThat(opened.engine().recomputeStateHashHigh())
                    .isEqualTo(opened.engine().stateHashHigh());
        }
        final Path backup = directory.resolve("backup");
        good("backup", city.data(), "--to", backup, "--with-keys");
        good("backup", "drill", "--from", backup);
        final Path restored = directory.resolve("restored");
        good("restore", "--from", backup, "--data", restored);
        OpenGateway.recover(new DataDirectory(restored), DurabilityLevel.BATCH).close();

        final List<Integer> removed =
                before.stream().filter(segment -> !after.contains(segment)).toList();
        final Result gap = execute("journal", "restore-archived", city.data(), "--segment", removed.get(0));
        if (removed.size() > 1) {
            assertThat(gap.exitCode).isEqualTo(Settlegate.FAILED);
            assertThat(gap.err).contains("between them");
            for (int i = removed.size() - 1; i >= 0; i--) {
                good("journal", "restore-archived", city.data(), "--segment", removed.get(i));
            }
        }
        good("journal", "verify", city.data());
        good("journal", "show", city.data(), "--sequence", 3);
        good("replay", city.data());
        assertThat(good("journal", "info", city.data(), "--json")
                        .json()
                        .get("records")
                        .asLong())
                .isGreaterThan(whole.get("records").asLong());
    }

    private static void shouldNoticeDamageOfTheKeptHashes(final SmallCity city) throws IOException {
        final Path file = city.data().resolve("journal").resolve("archived.seals");
        final byte[] content = Files.readAllBytes(file);
        content[50] ^= 4;
        Files.write(file, content);
        final Result damaged = execute("journal", "verify", city.data());
        assertThat(damaged.exitCode).isEqualTo(Settlegate.FOUND);
        assertThat(damaged.out).contains("archived.seals").contains("restore it from a backup");
        content[50] ^= 4;
        Files.write(file, content);
        good("journal", "verify", city.data());
    }
}
