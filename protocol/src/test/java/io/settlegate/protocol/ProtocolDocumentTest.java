package io.settlegate.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.codes.Certainty;
import io.settlegate.protocol.codes.InformationCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the tables of docs/PROTOCOL.md against the schema and the enum. To write them anew:
 * {@code mvn -pl protocol test -Dtest=ProtocolDocumentTest -Dsettlegate.docs.write=true}.
 */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "PROTOCOL.md");

    @Test
    void shouldShowTheMessagesOfTheSchema() throws IOException {
        assertSection("messages", tables().messages());
    }

    @Test
    void shouldShowTheEnumerationsOfTheSchema() throws IOException {
        assertSection("enumerations", "| name | values |\n| --- | --- |\n" + tables().enumerations());
    }

    @Test
    void shouldShowTheResultCodes() throws IOException {
        final StringBuilder table = new StringBuilder(
                "| code | name | given by | binds the msgid | the client then | 中文 | meaning |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (final ResultCode code : ResultCode.values()) {
            table.append("| ")
                    .append(code.code())
                    .append(" | ")
                    .append(code)
                    .append(" | ")
                    .append(code.stage().name().toLowerCase(java.util.Locale.ROOT))
                    .append(" | ")
                    .append(code.binds() ? "yes" : "no")
                    .append(" | ")
                    .append(code.next().advice())
                    .append(" | ")
                    .append(code.textZh())
                    .append(" | ")
                    .append(code.textEn())
                    .append(" |\n");
        }
        assertSection("codes", table.toString());
    }

    @Test
    void shouldShowTheInformationCodes() throws IOException {
        final StringBuilder table =
                new StringBuilder("| standard | constant | form | how sure |\n| --- | --- | --- | --- |\n");
        for (final InformationCode code : InformationCode.values()) {
            table.append("| ")
                    .append(code.nameZh())
                    .append(" | ")
                    .append(code)
                    .append(" | ")
                    .append(code.words())
                    .append(" | ")
                    .append(code.certainty().text())
                    .append(code.certainty() == Certainty.UNKNOWN ? "" : ": " + code.source())
                    .append(" |\n");
        }
        assertSection("information codes", table.toString());
    }

    private static SchemaTables tables() throws IOException {
        try (InputStream schema = ProtocolDocumentTest.class.getResourceAsStream("/settlegate-protocol.xml")) {
            return new SchemaTables(schema);
        }
    }

    private static void assertSection(final String name, final String expected) throws IOException {
        final String begin = "<!-- generated: " + name + " -->\n";
        final String end = "<!-- end: " + name + " -->";
        final String document = Files.readString(DOCUMENT);
        final int from = document.indexOf(begin);
        final int to = document.indexOf(end);
        assertThat(from).as("section %s of %s", name, DOCUMENT).isPositive();
        assertThat(to).as("end of section %s of %s", name, DOCUMENT).isGreaterThan(from);
        if (Boolean.getBoolean("settlegate.docs.write")) {
            Files.writeString(
                    DOCUMENT,
                    document.substring(0, from + begin.length()) + '\n' + expected.strip() + "\n\n"
                            + document.substring(to));
            return;
        }
        assertThat(document.substring(from + begin.length(), to).strip())
                .as("%s, section %s; to write it anew add -Dsettlegate.docs.write=true", DOCUMENT, name)
                .isEqualTo(expected.strip());
    }
}
