package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What stands in the directory of an export, read as a loader would. */
final class ExportedFiles {
    static final List<String> KINDS = List.of("settlements", "lines", "outcomes", "acts");

    private ExportedFiles() {}

    /** All parts of a kind, one behind the other, as `cat` would put them. */
    static byte[] concatenation(final Path target, final String kind) throws IOException {
        final java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        if (!Files.isDirectory(target)) {
            return all.toByteArray();
        }
        try (Stream<Path> files = Files.list(target)) {
            for (final Path file : files.filter(
                            path -> path.getFileName().toString().matches(kind + "-[0-9]{15}-[0-9]{15}\\..*"))
                    .sorted()
                    .toList()) {
                all.write(Files.readAllBytes(file));
            }
        }
        return all.toByteArray();
    }

    static List<Map<String, String>> csv(final Path target, final String kind) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(concatenation(target, kind))) {
            return rows.readAll();
        }
    }

    static List<JsonNode> jsonl(final Path target, final String kind) throws IOException {
        final List<JsonNode> rows = new ArrayList<>();
        final String text = new String(concatenation(target, kind), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        for (final String line : text.strip().split("\n", -1)) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    static List<String> names(final Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
