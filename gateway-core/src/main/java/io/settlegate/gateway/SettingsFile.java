package io.settlegate.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads settlegate.yaml. What is unknown or wrong is refused and named by file and line. Boot thread; blocks on the disk. */
final class SettingsFile {
    private final Path path;

    SettingsFile(final Path path) {
        this.path = path;
    }

    /** @throws IOException if the file cannot be read, or says what is wrong with a line. */
    Settings read() throws IOException {
        if (!Files.isReadable(path)) {
            throw new IOException(path + " cannot be read; name a settlegate.yaml with --config, or leave it out");
        }
        if (Files.readString(path).isBlank()) {
            throw new IOException(path + ":1: the file is empty; name a setting, or leave --config out");
        }
        try {
            return YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readValue(path.toFile(), Settings.class);
        } catch (final JsonMappingException e) {
            final String key = e.getPath().isEmpty() ? "" : e.getPath().get(0).getFieldName();
            throw new IOException(at(lineOf(key)) + (key.isEmpty() ? "" : key + ": ") + reasonOf(e), e);
        } catch (final JsonProcessingException e) {
            throw new IOException(at(e.getLocation().getLineNr()) + e.getOriginalMessage(), e);
        }
    }

    /** Opens a message about a setting whose value was read and does not do: its line, if the file has it. */
    String at(final String key) throws IOException {
        return at(lineOf(key));
    }

    private String at(final int line) {
        return path + ":" + line + ": ";
    }

    private static String reasonOf(final JsonMappingException e) {
        return e instanceof UnrecognizedPropertyException unknown
                ? "unknown setting; known are " + unknown.getKnownPropertyIds()
                : e.getOriginalMessage();
    }

    /** A record is made when its whole mapping was read, so the exception's own location is the end. The settings are flat. */
    private int lineOf(final String key) throws IOException {
        final List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            if (!key.isEmpty() && lines.get(i).startsWith(key + ":")) {
                return i + 1;
            }
        }
        return 1;
    }
}
