package io.settlegate.gateway.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * How far an export is, as its state file says: all up to a seal is in parts, nothing behind it.
 *
 * <p>A value.
 *
 * @param lastSequence of the seal; -1 before the first part.
 * @param sealNumber of it; -1 before the first part.
 * @param sealHash of it, hexadecimal; empty before the first part.
 * @param firstSequence of the newest part; before the first part the record that it begins with.
 * @param partKinds of which the newest part has files.
 * @param rowCounts of all parts.
 */
record ExportState(
        long lastSequence,
        long sealNumber,
        String sealHash,
        long firstSequence,
        List<ExportKind> partKinds,
        Map<ExportKind, Long> rowCounts) {
    static final String FILE_NAME = "state.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Before the first part. */
    static ExportState nothing(final long firstSequence) {
        return new ExportState(-1, -1, "", firstSequence, List.of(), Map.of());
    }

    long nextSequence() {
        return isNothing() ? firstSequence : lastSequence + 1;
    }

    boolean isNothing() {
        return lastSequence < 0;
    }

    /** After one part more. */
    ExportState after(final long first, final Seal seal, final Map<ExportKind, Long> partRows) {
        final Map<ExportKind, Long> sums = new EnumMap<>(ExportKind.class);
        partRows.forEach((kind, rows) -> sums.put(kind, rows + rowCounts.getOrDefault(kind, 0L)));
        final List<ExportKind> kinds = partRows.entrySet().stream()
                // The first part has the heads, so its files are there without rows too.
                .filter(entry -> entry.getValue() > 0 || isNothing())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return new ExportState(
                seal.lastSequence(), seal.sealNumber(), HexFormat.of().formatHex(seal.hash()), first, kinds, sums);
    }

    byte[] encode() {
        final ObjectNode object = MAPPER.createObjectNode()
                .put("lastSequence", lastSequence)
                .put("sealNumber", sealNumber)
                .put("sealHash", sealHash);
        object.putObject("part").put("firstSequence", firstSequence);
        partKinds.forEach(kind -> object.withArray("/part/kinds").add(kind.word()));
        final ObjectNode rows = object.putObject("rows");
        rowCounts.forEach((kind, count) -> rows.put(kind.word(), count));
        return (object.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the state of a directory; if it has none, that of an export which is to begin with a record. */
    static ExportState read(final Path directory, final long firstSequence) throws IOException {
        final Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return nothing(firstSequence);
        }
        try {
            final JsonNode object = MAPPER.readTree(Files.readAllBytes(file));
            final List<ExportKind> kinds = new ArrayList<>();
            object.at("/part/kinds").forEach(kind -> kinds.add(kindOf(kind.asText())));
            final Map<ExportKind, Long> rows = new EnumMap<>(ExportKind.class);
            object.required("rows")
                    .properties()
                    .forEach(entry ->
                            rows.put(kindOf(entry.getKey()), entry.getValue().asLong()));
            return new ExportState(
                    object.required("lastSequence").asLong(),
                    object.required("sealNumber").asLong(),
                    object.required("sealHash").asText(),
                    object.required("part").required("firstSequence").asLong(),
                    List.copyOf(kinds),
                    rows);
        } catch (final IOException | IllegalArgumentException e) {
            throw new IOException(
                    file + " is not what an export wrote (" + e.getMessage() + "); export to a new directory", e);
        }
    }

    private static ExportKind kindOf(final String word) {
        for (final ExportKind kind : ExportKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("what is " + word);
    }
}
