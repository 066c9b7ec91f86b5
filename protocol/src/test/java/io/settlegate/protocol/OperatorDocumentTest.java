package io.settlegate.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the byte tables of docs/OPERATOR_PROTOCOL.md against the schema of the acts. It stands here beside the tables'
 * generator. To write them anew: {@code mvn -pl protocol test -Dtest=OperatorDocumentTest -Dsettlegate.docs.write=true}.
 */
class OperatorDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "OPERATOR_PROTOCOL.md");
    private static final Path SCHEMA =
            Path.of("..", "gateway-core", "src", "main", "resources", "settlegate-acts.xml");
    private static final String BEGIN = "<!-- generated: messages -->\n";
    private static final String END = "<!-- end: messages -->";

    @Test
    void shouldShowTheActsOfTheSchema() throws IOException {
        final String expected;
        try (InputStream schema = Files.newInputStream(SCHEMA)) {
            expected = new SchemaTables(schema).messages().strip();
        }
        final String document = Files.readString(DOCUMENT);
        final int from = document.indexOf(BEGIN);
        final int to = document.indexOf(END);
        assertThat(from).isPositive();
        assertThat(to).isGreaterThan(from);
        if (Boolean.getBoolean("settlegate.docs.write")) {
            Files.writeString(
                    DOCUMENT,
                    document.substring(0, from + BEGIN.length()) + '\n' + expected + "\n\n" + document.substring(to));
            return;
        }
        assertThat(document.substring(from + BEGIN.length(), to).strip())
                .as("%s; to write it anew add -Dsettlegate.docs.write=true", DOCUMENT)
                .isEqualTo(expected);
    }
}
