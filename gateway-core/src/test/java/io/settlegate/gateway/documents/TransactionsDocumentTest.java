package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The table of transactions cannot rot: every message is in it, and every test that it names exists. Its commands are parsed with those of
 * the other documents, by {@code DocumentedCommandsTest}, and must have every option that is required; what the parser cannot know, that
 * one of two options must be there, is looked at here.
 */
class TransactionsDocumentTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/TRANSACTIONS.md");
    private static final List<Path> SCHEMAS = List.of(
            ROOT.resolve("protocol/src/main/resources/settlegate-protocol.xml"),
            ROOT.resolve("gateway-core/src/main/resources/settlegate-acts.xml"));
    private static final Pattern MESSAGE = Pattern.compile("<sbe:message name=\"(\\w+)\" id=\"(\\d+)\"");
    private static final Pattern TEST = Pattern.compile("\\b(\\w+(?:Test|IT))(?:#(\\w+))?");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final int FIRST_OUTCOME = 10_002;

    private static String text;
    private static Map<String, String> sources;

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(DOCUMENT);
        sources = new HashMap<>();
        for (final String module : List.of("protocol", "journal", "gateway-core", "loadtest")) {
            try (Stream<Path> walk = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (final Path file :
                        walk.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
    }

    @Test
    void shouldNameEveryMessageOfTheSchemas() throws IOException {
        final Set<String> words =
                WORD.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
        final List<String> missing = new ArrayList<>();
        for (final Path schema : SCHEMAS) {
            final Matcher matcher = MESSAGE.matcher(Files.readString(schema));
            while (matcher.find()) {
                final boolean isOutcome = Integer.parseInt(matcher.group(2)) >= FIRST_OUTCOME;
                final String name = isOutcome ? matcher.group(1).replaceFirst("Outcome$", "") : matcher.group(1);
                if (!words.contains(name) && !(isOutcome && name.equals("Query"))) {
                    missing.add(matcher.group(1));
                }
            }
        }
        assertThat(missing).as("messages that %s does not name", DOCUMENT).isEmpty();
    }

    @Test
    void shouldGiveEachTransactionItsOwnNumberTestAndCommand() throws IOException {
        final Map<String, String> codes = new HashMap<>();
        final Matcher matcher = MESSAGE.matcher(Files.readString(SCHEMAS.get(0)));
        while (matcher.find()) {
            codes.put(matcher.group(1), matcher.group(2));
        }
        final List<String> faults = new ArrayList<>();
        int count = 0;
        for (final String[] row : rows(6)) {
            final String state = row[5];
            if (state.equals("later")) {
                continue;
            }
            count++;
            if (!row[0].equals(codes.get(row[2]))) {
                faults.add(row[0] + " is not the number of " + row[2]);
            }
            if (row[3].isEmpty() || !row[4].contains("settlegate ")) {
                faults.add(row[0] + " has no test or no command");
            }
            if (!state.equals("done") && !state.startsWith("part: ")) {
                faults.add(row[0] + " is done, later, or part: and what is missing; not " + state);
            }
        }
        assertThat(faults).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(30);
    }

    @Test
    void shouldNameOnlyTestsThatExist() {
        final List<String> faults = new ArrayList<>();
        final Matcher matcher = TEST.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
            final String source = sources.get(matcher.group(1));
            final String method = matcher.group(2);
            if (source == null || (method != null && !source.contains("void " + method + "("))) {
                faults.add(matcher.group());
            }
        }
        assertThat(faults).as("tests that do not exist").isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(40);
    }

    @Test
    void shouldNameTheKeyOrTheCertificateOfATerminalThatIsRegistered() {
        final Map<String, String> commands =
                rows(5).stream().collect(Collectors.toMap(row -> row[1], row -> row[3], (first, second) -> second));
        assertThat(commands.get("RegisterTerminal")).contains("--public-key ").doesNotContain("--certificate ");
        assertThat(commands.get("EnrolTerminal")).contains("--certificate ").doesNotContain("--public-key ");
    }

    private static List<String[]> rows(final int columns) {
        return text.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| code"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::trim)
                        .toArray(String[]::new))
                .filter(row -> row.length == columns + 1)
                .toList();
    }
}
