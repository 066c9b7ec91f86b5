package io.settlegate.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.codec.ActReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds the table of reasons in docs/OPERATOR_PROTOCOL.md against the schema and the advice. To write it anew:
 * {@code mvn -pl gateway-core -am test -Dtest=ActAdviceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dsettlegate.docs.write=true}.
 */
class ActAdviceTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "OPERATOR_PROTOCOL.md");
    private static final String BEGIN = "<!-- generated: reasons -->\n";
    private static final String END = "<!-- end: reasons -->";

    @Test
    void shouldShowEachReasonWithItsAdvice() throws Exception {
        final String expected = table();
        final String document = Files.readString(DOCUMENT);
        final int from = document.indexOf(BEGIN);
        final int to = document.indexOf(END);
        assertThat(from).isPositive();
        assertThat(to).isGreaterThan(from);
        if (Boolean.getBoolean("settlegate.docs.write")) {
            Files.writeString(
                    DOCUMENT,
                    document.substring(0, from + BEGIN.length()) + '\n' + expected + "\n" + document.substring(to));
            return;
        }
        assertThat(document.substring(from + BEGIN.length(), to).strip())
                .as("%s; to write it anew add -Dsettlegate.docs.write=true", DOCUMENT)
                .isEqualTo(expected.strip());
    }

    private static String table() throws Exception {
        final StringBuilder table =
                new StringBuilder("| reason | name | meaning | what to do |\n| --- | --- | --- | --- |\n");
        final NodeList values = reasons().getElementsByTagName("validValue");
        for (int i = 0; i < values.getLength(); i++) {
            final Element value = (Element) values.item(i);
            final ActReason reason = ActReason.valueOf(value.getAttribute("name"));
            final String meaning = value.getAttribute("description");
            table.append("| ")
                    .append(value.getTextContent())
                    .append(" | ")
                    .append(reason)
                    .append(" | ")
                    .append(meaning.isEmpty() ? "not refused" : meaning)
                    .append(" | ")
                    .append(ActAdvice.of(reason))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static Element reasons() throws Exception {
        try (InputStream schema = ActAdviceTest.class.getResourceAsStream("/settlegate-acts.xml")) {
            final NodeList enums = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(schema)
                    .getElementsByTagName("enum");
            for (int i = 0; i < enums.getLength(); i++) {
                final Element candidate = (Element) enums.item(i);
                if (candidate.getAttribute("name").equals("ActReason")) {
                    return candidate;
                }
            }
        }
        throw new IOException("the schema has no enum ActReason");
    }
}
