package io.settlegate.gateway.inspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Names the fields in which two messages differ, with both values: {@code header.code}, {@code detlcutinfo[2].inscpScpAmtFen}.
 * Compared in clear and shown masked, so that two values are told apart whose masks are equal.
 *
 * <p>One thread at a time. Bytes that are no message of this build have no fields; then only {@link #firstDiffering} tells.
 */
public final class FieldDifferences {
    /** Fields that are told of one pair of messages. */
    public static final int MAX_FIELDS = 40;

    private final MessageDecoder clear = new MessageDecoder(MessageDecoder.Rows.COUNTED, Masking.FOR_COMPARISON);

    /** The first byte in which they differ; -1 if they are equal. */
    public static int firstDiffering(
            final DirectBuffer recorded,
            final int recordedOffset,
            final int recordedLength,
            final DirectBuffer computed,
            final int computedOffset,
            final int computedLength) {
        final int common = Math.min(recordedLength, computedLength);
        for (int i = 0; i < common; i++) {
            if (recorded.getByte(recordedOffset + i) != computed.getByte(computedOffset + i)) {
                return i;
            }
        }
        return recordedLength == computedLength ? -1 : common;
    }

    /** An object {@code field}, {@code recorded}, {@code computed} for each of the first {@value #MAX_FIELDS}. */
    public ArrayNode between(
            final DirectBuffer recorded,
            final int recordedOffset,
            final int recordedLength,
            final DirectBuffer computed,
            final int computedOffset,
            final int computedLength) {
        final ArrayNode differing = JsonNodeFactory.instance.arrayNode();
        objects(
                "",
                decode(recorded, recordedOffset, recordedLength),
                decode(computed, computedOffset, computedLength),
                differing);
        return differing;
    }

    private ObjectNode decode(final DirectBuffer buffer, final int offset, final int length) {
        try {
            return clear.decode(buffer, offset, length);
        } catch (final IndexOutOfBoundsException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static void objects(
            final String path, final JsonNode recorded, final JsonNode computed, final ArrayNode into) {
        final Set<String> names = new LinkedHashSet<>();
        recorded.properties().forEach(field -> names.add(field.getKey()));
        computed.properties().forEach(field -> names.add(field.getKey()));
        for (final String name : names) {
            nodes(path + name, name, recorded.path(name), computed.path(name), into);
        }
    }

    private static void nodes(
            final String path,
            final String name,
            final JsonNode recorded,
            final JsonNode computed,
            final ArrayNode into) {
        if (recorded.equals(computed)) {
            return;
        }
        if (recorded.isObject() && computed.isObject()) {
            objects(path + ".", recorded, computed, into);
        } else if (recorded.isArray() && computed.isArray()) {
            for (int i = 0; i < Math.max(recorded.size(), computed.size()); i++) {
                nodes(path + "[" + i + "]", name, recorded.path(i), computed.path(i), into);
            }
        } else if (into.size() < MAX_FIELDS) {
            final ObjectNode field = into.addObject().put("field", path);
            field.set("recorded", masked(name, recorded));
            field.set("computed", masked(name, computed));
        }
    }

    /** What is not there is null. */
    private static JsonNode masked(final String name, final JsonNode value) {
        if (value.isMissingNode()) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(Masking.MASKED.shown(name, value.asText()));
        }
        if (value.isArray()) {
            final ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(entry -> array.add(masked(name, entry)));
            return array;
        }
        if (!value.isObject()) {
            return value;
        }
        final ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (final Map.Entry<String, JsonNode> field : value.properties()) {
            object.set(field.getKey(), masked(field.getKey(), field.getValue()));
        }
        return object;
    }
}
