package io.settlegate.gateway.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The file beside the parts that says of which journal they are, with which record they begin, and what their columns mean. It does
 * not change while the export goes on. docs/EXPORT.md lists what programs may rely on.
 *
 * <p>One thread.
 */
final class ExportManifest {
    /** Rises when a column is taken away, renamed, or gets another type or meaning, and when one is added. */
    static final int VERSION = 1;

    static final String FILE_NAME = "schema.json";

    private static final String FIRST_SEQUENCE = "firstSequence";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ELSEWHERE = "; export to another directory";

    private final ObjectNode content = MAPPER.createObjectNode();

    /** @param firstSequence the first record that the journal has: an export that is new begins with it. */
    ExportManifest(
            final Genesis genesis,
            final long firstSequence,
            final ExportFormat format,
            final Set<ExportKind> kinds,
            final boolean isMasked) {
        content.put("schema", "settlegate-export")
                .put("version", VERSION)
                .put("gatewayId", genesis.gatewayId())
                .put("gatewayKey", genesis.gatewayKey().toHex())
                .put("foundedAt", ShownTime.of(genesis.timeMs()))
                .put(FIRST_SEQUENCE, firstSequence)
                .put("format", format.word())
                .put("masked", isMasked);
        final ObjectNode each = content.putObject("kinds");
        kinds.stream().sorted().forEach(kind -> {
            final ArrayNode columns = each.putObject(kind.word()).putArray("columns");
            for (final Column column : kind.columns()) {
                columns.addObject()
                        .put("name", column.name())
                        .put("type", column.type().shown())
                        .put("meaning", column.meaning());
            }
        });
    }

    /** @throws IOException if persons would stand in clear where others can read. */
    void checkReaders(final Path directory) throws IOException {
        if (!content.get("masked").asBoolean() && PrivateFiles.isOpenToOthers(directory)) {
            throw new IOException("an unmasked export is for its owner alone, and others can enter " + directory
                    + "; close it with `chmod 700 " + directory + "`, or name a directory that is not there yet");
        }
    }

    /** Writes the manifest, or compares it with the one that is there. @throws IOException that names the difference. */
    void settle(final Path directory) throws IOException {
        final Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            DurableFiles.write(file, (content.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
            return;
        }
        final JsonNode there;
        try {
            there = MAPPER.readTree(Files.readAllBytes(file));
        } catch (final IOException e) {
            throw new IOException(file + " cannot be read (" + e.getMessage() + ")" + ELSEWHERE, e);
        }
        same(file, there, "schema", "is another kind of file");
        same(file, there, "version", "is of another version of the export's schema");
        for (final String ofJournal : new String[] {"gatewayId", "gatewayKey", "foundedAt"}) {
            same(file, there, ofJournal, "is of another journal");
        }
        same(file, there, "format", "is of an export with another --format");
        same(file, there, "masked", "is of an export with another masking");
        same(file, there, "kinds", "is of an export with other kinds or columns");
        if (!there.path(FIRST_SEQUENCE).isIntegralNumber()) {
            throw new IOException(file + " does not say with which record the export began" + ELSEWHERE);
        }
        // What an export began with stays so, whatever was archived or put back since.
        content.put(FIRST_SEQUENCE, there.get(FIRST_SEQUENCE).asLong());
    }

    /** The first record of the export; of one that goes on, as its file says. */
    long firstSequence() {
        return content.get(FIRST_SEQUENCE).asLong();
    }

    private void same(final Path file, final JsonNode there, final String field, final String otherwise)
            throws IOException {
        if (!content.get(field).equals(there.get(field))) {
            final String values = field.equals("kinds")
                    ? ""
                    : " (" + field + " " + there.path(field).asText() + ", not "
                            + content.get(field).asText() + ")";
            throw new IOException(file + " " + otherwise + values + ELSEWHERE);
        }
    }
}
