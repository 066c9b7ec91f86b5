package io.settlegate.gateway.benefits.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;

/** Reads a YAML file into nodes. Refuses a key given twice, anchors and aliases, more than one document, and deep nesting. */
final class YamlTree {
    private static final int MOST_DEPTH = 12;

    private final PolicyProblems problems;
    private YAMLParser parser;

    YamlTree(final PolicyProblems problems) {
        this.problems = problems;
    }

    /** The file's value; null where it is no YAML or empty, which is then among the problems. */
    YamlNode read(final Reader reader) throws IOException {
        try (YAMLParser opened = new YAMLFactory().createParser(reader)) {
            parser = opened;
            if (parser.nextToken() == null) {
                problems.add(1, "", "the file is empty");
                return null;
            }
            final YamlNode node = readNode(0);
            if (parser.nextToken() != null) {
                problems.add(line(), "", "only one document is read");
            }
            return node;
        } catch (final JsonProcessingException e) {
            problems.add(
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    "",
                    "is no YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
            return null;
        }
    }

    private YamlNode readNode(final int depth) throws IOException {
        final JsonToken token = parser.currentToken();
        final long line = line();
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problems.add(line, "", "anchors and aliases are not read");
        }
        if (depth > MOST_DEPTH) {
            problems.add(line, "", "is nested too deeply");
            parser.skipChildren();
            return new YamlNode(YamlNode.Kind.SCALAR, line, "");
        }
        if (token == JsonToken.START_OBJECT) {
            return readMapping(line, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            final YamlNode list = new YamlNode(YamlNode.Kind.LIST, line, "");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.items.add(readNode(depth + 1));
            }
            return list;
        }
        return new YamlNode(YamlNode.Kind.SCALAR, line, token == JsonToken.VALUE_NULL ? "" : parser.getText());
    }

    private YamlNode readMapping(final long line, final int depth) throws IOException {
        final YamlNode mapping = new YamlNode(YamlNode.Kind.MAPPING, line, "");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String key = parser.currentName();
            final long keyLine = line();
            parser.nextToken();
            final YamlNode value = readNode(depth + 1);
            if (mapping.entries.put(key, value) != null) {
                problems.add(keyLine, key, "is given twice");
            }
        }
        return mapping;
    }

    private long line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
