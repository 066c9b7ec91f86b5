package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Compares what stands in docs/ with what the code says, or writes it anew with {@code -Dsettlegate.docs.write=true}. */
final class GeneratedText {
    private static final Path DOCS = Path.of("..", "docs");
    private static final String HOW =
            "; if the change is meant, write it anew: mvn -pl gateway-core -am test -Dtest='*DocumentTest,*VectorsTest'"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dsettlegate.docs.write=true";

    private GeneratedText() {}

    /** The part of a document between its marks. */
    static void assertSection(final String document, final String name, final String expected) throws IOException {
        final Path file = DOCS.resolve(document);
        final String begin = "<!-- generated: " + name + " -->\n";
        final String end = "<!-- end: " + name + " -->";
        final String content = Files.readString(file);
        final int from = content.indexOf(begin);
        final int to = content.indexOf(end);
        assertThat(from).as("section %s of %s", name, file).isPositive();
        assertThat(to).as("end of section %s of %s", name, file).isGreaterThan(from);
        if (isToBeWritten()) {
            Files.writeString(
                    file,
                    content.substring(0, from + begin.length()) + '\n' + expected.strip() + "\n\n"
                            + content.substring(to));
        } else {
            assertThat(content.substring(from + begin.length(), to).strip())
                    .as("%s, section %s%s", file, name, HOW)
                    .isEqualTo(expected.strip());
        }
    }

    /** A file of vectors. */
    static void assertVectors(final String name, final Map<String, Object> content) throws IOException {
        final Path file = DOCS.resolve("vectors").resolve(name);
        final DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        final String expected = new ObjectMapper().writer(printer).writeValueAsString(content) + "\n";
        if (isToBeWritten()) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        } else {
            assertThat(file).as("%s%s", file, HOW).exists();
            // One line that differs says more than two files side by side.
            assertThat(Files.readString(file).lines().toList())
                    .as("%s%s", file, HOW)
                    .isEqualTo(expected.lines().toList());
        }
    }

    private static boolean isToBeWritten() {
        return Boolean.getBoolean("settlegate.docs.write");
    }
}
