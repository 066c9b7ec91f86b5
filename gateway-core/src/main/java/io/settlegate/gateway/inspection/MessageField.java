package io.settlegate.gateway.inspection;

import java.util.List;
import java.util.Map;

/**
 * One field of a message, as the schema file says.
 *
 * <p>A value.
 *
 * @param name as in the schema: that of the national interface, with its unit behind it.
 * @param form how its bytes are read.
 * @param length of its bytes; 0 for what has a length of its own.
 * @param names of an enumeration's values; empty for other forms.
 * @param parts of a composite or of a group's entry; empty for other forms.
 */
record MessageField(String name, Form form, int length, Map<Integer, String> names, List<MessageField> parts) {
    /** How bytes become a value. */
    enum Form {
        /** Little-endian, signed. */
        SIGNED,
        /** Little-endian, unsigned. */
        UNSIGNED,
        /** An unsigned number with names. */
        ENUMERATION,
        /** Text, padded with zero bytes. */
        TEXT,
        /** Bytes, shown in hexadecimal. */
        BYTES,
        /** Other fields, one after the other. */
        COMPOSITE,
        /** u16 length of an entry, u16 entries, the entries. */
        GROUP,
        /** u16 length, text. */
        VARIABLE_TEXT,
        /** u16 length, bytes. */
        VARIABLE_BYTES
    }

    static MessageField fixed(final String name, final Form form, final int length) {
        return new MessageField(name, form, length, Map.of(), List.of());
    }

    static MessageField of(final String name, final Form form, final List<MessageField> parts) {
        return new MessageField(
                name, form, parts.stream().mapToInt(MessageField::length).sum(), Map.of(), parts);
    }

    /** True if the field stands in the message's block, at a fixed place. */
    boolean isInBlock() {
        return form.compareTo(Form.GROUP) < 0;
    }
}
