package io.settlegate.gateway.documents;

import io.settlegate.gateway.documents.MessageLayout.Field;
import io.settlegate.gateway.documents.MessageLayout.Variable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message's fields by name, as the vectors show them: numbers as numbers, text as text, bytes in hexadecimal digits. */
final class MessageFields implements MessageVisitor {
    private final byte[] bytes;
    private final MessageWalk walk;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private Map<String, Object> target = fields;
    private List<Object> entries;
    private MessageLayout layout;

    private MessageFields(final MessageLayouts layouts, final byte[] bytes) {
        this.bytes = bytes;
        this.walk = new MessageWalk(layouts, bytes);
    }

    /** The vector of a message: its name, its fields, its bytes. */
    static Map<String, Object> vector(final MessageLayouts layouts, final String name, final byte[] bytes) {
        final MessageFields visitor = new MessageFields(layouts, bytes);
        visitor.walk.walk(0, bytes.length, visitor);
        final Map<String, Object> vector = new LinkedHashMap<>();
        vector.put("name", name);
        vector.put("template", visitor.layout.templateId());
        vector.put("message", visitor.layout.name());
        vector.put("fields", visitor.fields);
        vector.put("hex", HexFormat.of().formatHex(bytes));
        return vector;
    }

    @Override
    public void message(final int offset, final MessageLayout found) {
        layout = found;
    }

    @Override
    public void field(final int offset, final Field field) {
        if (field.isText()) {
            target.put(field.name(), walk.text(offset, field));
        } else if (field.isBytes()) {
            target.put(field.name(), hex(offset, field.length()));
        } else {
            target.put(field.name(), walk.number(offset, field));
        }
    }

    @Override
    public void group(final int offset, final String name, final int entryCount) {
        entries = new ArrayList<>();
        fields.put(name, entries);
    }

    @Override
    public void entry(final int index) {
        target = new LinkedHashMap<>();
        entries.add(target);
    }

    @Override
    public void endOfGroup() {
        target = fields;
    }

    @Override
    public void variable(final int offset, final Variable variable, final int length) {
        final int from = offset + MessageWalk.VARIABLE_HEADER_LENGTH;
        target.put(
                variable.name(),
                variable.kind() == Variable.Kind.TEXT
                        ? new String(bytes, from, length, StandardCharsets.UTF_8)
                        : hex(from, length));
    }

    @Override
    public void signature(final int offset) {
        // It is the end of the bytes; a field of its own would say the same twice.
    }

    private String hex(final int from, final int length) {
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, from + length));
    }
}
