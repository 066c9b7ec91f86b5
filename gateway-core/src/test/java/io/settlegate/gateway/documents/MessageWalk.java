package io.settlegate.gateway.documents;

import io.settlegate.gateway.documents.MessageLayout.Field;
import io.settlegate.gateway.documents.MessageLayout.Variable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Goes through the bytes of a message as the schema says, and insists that every byte belongs to something. */
final class MessageWalk {
    static final int HEADER_LENGTH = 8;
    static final int SIGNATURE_LENGTH = 64;
    static final int GROUP_HEADER_LENGTH = 4;
    static final int VARIABLE_HEADER_LENGTH = 2;
    private static final int TEMPLATE_OFFSET = 2;

    private final MessageLayouts layouts;
    private final ByteBuffer bytes;

    MessageWalk(final MessageLayouts layouts, final byte[] bytes) {
        this.layouts = layouts;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Walks the message that lies between the offsets. */
    void walk(final int from, final int to, final MessageVisitor visitor) {
        final MessageLayout layout = layouts.of(u16(from + TEMPLATE_OFFSET));
        if (u16(from) != layout.blockLength()) {
            throw new IllegalStateException(layout.name() + ": block length " + u16(from) + " in the header");
        }
        visitor.message(from, layout);
        int at = from + HEADER_LENGTH;
        for (final Field field : layout.block()) {
            visitor.field(at, field);
            at += field.length();
        }
        if (!layout.groupName().isEmpty()) {
            at = group(at, layout, visitor);
        }
        at = variables(at, layout.variables(), visitor);
        if (layout.isSigned()) {
            visitor.signature(at);
            at += SIGNATURE_LENGTH;
        }
        if (at != to) {
            throw new IllegalStateException(layout.name() + ": fields end at " + at + ", bytes at " + to);
        }
    }

    private int variables(final int from, final List<Variable> variables, final MessageVisitor visitor) {
        int at = from;
        for (final Variable variable : variables) {
            final int length = u16(at);
            visitor.variable(at, variable, length);
            at += VARIABLE_HEADER_LENGTH + length;
        }
        return at;
    }

    private int group(final int from, final MessageLayout layout, final MessageVisitor visitor) {
        final int entryCount = u16(from + Short.BYTES);
        visitor.group(from, layout.groupName(), entryCount);
        int at = from + GROUP_HEADER_LENGTH;
        for (int i = 0; i < entryCount; i++) {
            visitor.entry(i);
            for (final Field field : layout.entry()) {
                visitor.field(at, field);
                at += field.length();
            }
            at = variables(at, layout.entryVariables(), visitor);
        }
        visitor.endOfGroup();
        return at;
    }

    int u16(final int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    /** A number field's value. */
    long number(final int at, final Field field) {
        return switch (field.primitive()) {
            case "uint8" -> Byte.toUnsignedLong(bytes.get(at));
            case "uint16" -> u16(at);
            case "int16" -> bytes.getShort(at);
            case "uint32" -> Integer.toUnsignedLong(bytes.getInt(at));
            case "int32" -> bytes.getInt(at);
            default -> bytes.getLong(at);
        };
    }

    /** A character field's text, without the zero bytes at its end. */
    String text(final int at, final Field field) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length() && bytes.get(at + i) != 0; i++) {
            text.append((char) bytes.get(at + i));
        }
        return text.toString();
    }
}
