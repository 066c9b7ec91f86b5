package io.settlegate.loadtest.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.loadtest.population.PopulationFiles;
import io.settlegate.loadtest.population.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's commands that end by themselves: found a journal, import, replay, verify, reconcile, report.
 *
 * <p>Each call blocks until the command has ended, at most {@link #DEADLINE}; a command that fails is an exception
 * with the end of what it wrote.
 */
public final class GatewayCommands {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final int EXCERPT_LENGTH = 2000;
    private static final int DONE = 0;

    /** A check found something: what, stands in its JSON. */
    private static final int FOUND = 1;

    private final GatewayInstallation installation;
    private final Path data;

    /** @param data the gateway's data directory. */
    public GatewayCommands(final GatewayInstallation installation, final Path data) {
        this.installation = installation;
        this.data = data;
    }

    /** Makes keys and founds the journal. */
    public void init(final String gatewayId) throws GatewayException {
        run(List.of(
                "admin", "init", "--data", data.toString(), "--gateway-id", gatewayId, "--insuplc", Region.POOL_AREA));
    }

    /** Journals the sample city. */
    public void importAll(final PopulationFiles files) throws GatewayException {
        run(List.of(
                "admin",
                "import",
                "--data",
                data.toString(),
                "--from",
                files.directory().toString()));
    }

    /** Rebuilds the state from the journal and compares every outcome. */
    public JsonNode replay() throws GatewayException {
        return json(List.of("replay", data.toString(), "--json"));
    }

    /** Checks checksums, chain, and seals. */
    public JsonNode verifyJournal() throws GatewayException {
        return json(List.of("journal", "verify", data.toString(), "--json"));
    }

    /**
     * Compares a hospital's file, which holds what stands and no refunds, with the journal.
     *
     * @param from the first business day, {@code to} the last.
     */
    public JsonNode reconcile(final Path file, final String institution, final LocalDate from, final LocalDate to)
            throws GatewayException {
        return json(List.of(
                "reconcile",
                file.toString(),
                "--data",
                data.toString(),
                "--institution",
                institution,
                "--from",
                from.toString(),
                "--to",
                to.toString(),
                "--refunds",
                "out",
                "--json"));
    }

    /** Writes an institution's clearing statement of a day into a new directory. */
    public JsonNode statement(final String office, final String institution, final LocalDate day, final Path out)
            throws GatewayException {
        return json(List.of(
                "clearing",
                "statement",
                "--data",
                data.toString(),
                "--office",
                office,
                "--institution",
                institution,
                "--day",
                day.toString(),
                "--out",
                out.toString(),
                "--json"));
    }

    /** Settlements by credential. */
    public JsonNode activity(final LocalDate from, final LocalDate to) throws GatewayException {
        return json(List.of(
                "activity", "--data", data.toString(), "--from", from.toString(), "--to", to.toString(), "--json"));
    }

    private JsonNode json(final List<String> arguments) throws GatewayException {
        final String output = run(arguments, Set.of(DONE, FOUND));
        try {
            return new ObjectMapper().readTree(output.substring(Math.max(0, output.indexOf('{'))));
        } catch (final JsonProcessingException e) {
            throw new GatewayException("`" + String.join(" ", arguments) + "` wrote no JSON:\n" + excerpt(output), e);
        }
    }

    private String run(final List<String> arguments) throws GatewayException {
        return run(arguments, Set.of(DONE));
    }

    private String run(final List<String> arguments, final Set<Integer> expectedExits) throws GatewayException {
        final String name = String.join(" ", arguments.subList(0, 2));
        Path output = null;
        Path errors = null;
        try {
            output = Files.createTempFile("settlegate-", ".out");
            errors = Files.createTempFile("settlegate-", ".err");
            final Process process = new ProcessBuilder(installation.commandLine(arguments))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new GatewayException("`" + name + "` did not end within " + DEADLINE.toSeconds() + " s");
            }
            final String text = Files.readString(output, StandardCharsets.UTF_8);
            if (!expectedExits.contains(process.exitValue())) {
                throw new GatewayException("`" + name + "` ended with exit code " + process.exitValue() + ":\n"
                        + excerpt(text + Files.readString(errors, StandardCharsets.UTF_8)));
            }
            return text;
        } catch (final IOException e) {
            throw new GatewayException("cannot run `" + name + "`", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException("interrupted while `" + name + "` ran", e);
        } finally {
            delete(output);
            delete(errors);
        }
    }

    private static void delete(final Path file) throws GatewayException {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (final IOException e) {
                throw new GatewayException("cannot delete " + file, e);
            }
        }
    }

    private static String excerpt(final String text) {
        return text.length() <= EXCERPT_LENGTH ? text : "..." + text.substring(text.length() - EXCERPT_LENGTH);
    }
}
