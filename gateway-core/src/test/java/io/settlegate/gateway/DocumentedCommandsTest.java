package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Reads every command out of the documents and parses it, without running it: a document cannot name what does not exist. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");
    /** In a block of code, or between backticks in a sentence. */
    private static final Pattern COMMAND = Pattern.compile("(`?)(?:\\S*/)?settlegate +([a-z][^`\\n]*)");
    /** Where a shell goes on to something else. */
    private static final Pattern SHELL = Pattern.compile("\\s+(?:#|\\||&|>|2>|;|<).*$");

    /** What stands between double quotes is of one argument, as for a shell. */
    private static final Pattern ARGUMENT = Pattern.compile("(?:\"[^\"]*\"|[^ \"])+");

    /** Its commands are whole although they stand in a table: each is to run as it is printed. */
    private static final String OF_WHOLE_COMMANDS = "TRANSACTIONS.md";

    private static final Set<String> OF_THE_LOAD_TEST = Set.of("demo", "load", "population");
    private static final Set<String> COMMANDS = Set.of(
            "serve",
            "replay",
            "explain",
            "journal",
            "proof",
            "receipt",
            "admin",
            "policy",
            "backup",
            "restore",
            "clearing",
            "activity",
            "reconcile");

    /** A command in a document. */
    private record Documented(String where, boolean isWhole, List<String> arguments) {}

    @Test
    void shouldKnowEveryCommandOfTheDocuments() throws IOException {
        final List<String> faults = new ArrayList<>();
        int count = 0;
        for (final Path document : documents()) {
            for (final Documented command : commands(document.toString(), Files.readString(document))) {
                count++;
                final String fault = faultOf(command);
                if (fault != null) {
                    faults.add(command.where() + ": " + String.join(" ", command.arguments()) + ": " + fault);
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(count).as("commands found").isGreaterThanOrEqualTo(12);
    }

    @Test
    void shouldNoticeWhatDoesNotExist() {
        final String text =
                """
                ```sh
                ./settlegate journal show /var/lib/settlegate --sequence 17 --uncover   # no such option
                ./settlegate journal tail
                ./settlegate journal tail DIR | head
                ./settlegate admin \\
                    import --data DIR --from FILES
                ```
                Run `settlegate journal peek`, or `./settlegate journal tail`, or `settlegate admin init --data DIR ...`.
                """;
        final List<Documented> commands = commands("here", text);
        assertThat(commands).hasSize(7);
        assertThat(faultOf(commands.get(0))).contains("--uncover");
        assertThat(faultOf(commands.get(1))).contains("DIR");
        assertThat(faultOf(commands.get(2))).isNull();
        assertThat(faultOf(commands.get(3))).isNull();
        assertThat(faultOf(commands.get(4))).contains("peek");
        assertThat(faultOf(commands.get(5)))
                .as("a sentence may leave out what is required")
                .isNull();
        assertThat(faultOf(commands.get(6))).isNull();
    }

    @Test
    void shouldWantEachCommandOfTheTableOfTransactionsWhole() {
        final String row = "| freeze a person | `settlegate admin person freeze --data DIR` | done |\n";
        assertThat(faultOf(commands("docs/" + OF_WHOLE_COMMANDS, row).get(0))).contains("--psn-no");
        assertThat(faultOf(commands("docs/OPERATIONS.md", row).get(0))).isNull();
    }

    private static List<Path> documents() throws IOException {
        final List<Path> documents = new ArrayList<>();
        documents.add(ROOT.resolve("README.md"));
        try (Stream<Path> walk = Files.list(ROOT.resolve("docs"))) {
            walk.filter(path -> path.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static List<Documented> commands(final String name, final String text) {
        final List<Documented> commands = new ArrayList<>();
        final String[] lines = text.replace("\\\n", " ").split("\n", -1);
        boolean inCode = false;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("```")) {
                inCode = !inCode;
                continue;
            }
            final Matcher matcher = COMMAND.matcher(lines[i]);
            while (matcher.find()) {
                if (!inCode && matcher.group(1).isEmpty()) {
                    // A sentence about settlegate.
                    continue;
                }
                final String command =
                        SHELL.matcher(matcher.group(2)).replaceAll("").trim();
                final boolean isWhole = (inCode || name.endsWith(OF_WHOLE_COMMANDS)) && !command.contains("...");
                final List<String> arguments = ARGUMENT.matcher(command)
                        .results()
                        .map(argument -> argument.group().replace("\"", ""))
                        .filter(argument -> !argument.equals("..."))
                        .toList();
                // In code a line may hold the name for other reasons: a user, a path.
                if (!inCode || COMMANDS.contains(arguments.get(0))) {
                    commands.add(new Documented(name + ":" + (i + 1), isWhole, arguments));
                }
            }
        }
        return commands;
    }

    /** What the command line says against it; null if nothing. What only lacks something is good in a sentence. */
    private static String faultOf(final Documented command) {
        final String first = command.arguments().get(0);
        if (OF_THE_LOAD_TEST.contains(first) || first.equals("ready")) {
            return null;
        }
        try {
            Settlegate.commandLine().parseArgs(command.arguments().toArray(new String[0]));
            return null;
        } catch (final MissingParameterException e) {
            return command.isWhole() ? e.getMessage() : null;
        } catch (final ParameterException e) {
            return e.getMessage();
        }
    }
}
