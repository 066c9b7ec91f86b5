package io.settlegate.gateway.benefits.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML file with its line: a mapping, a list, or a scalar's text. */
final class YamlNode {
    enum Kind {
        MAPPING("a mapping"),
        LIST("a list"),
        SCALAR("a single value");

        final String words;

        Kind(final String words) {
            this.words = words;
        }
    }

    final Kind kind;
    final long line;
    final String text;
    final List<YamlNode> items = new ArrayList<>();
    final Map<String, YamlNode> entries = new LinkedHashMap<>();

    YamlNode(final Kind kind, final long line, final String text) {
        this.kind = kind;
        this.line = line;
        this.text = text;
    }
}
