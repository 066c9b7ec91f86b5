package io.settlegate.gateway.inspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Reads any message of the schema files into a JSON object, masked on the way unless the masking is lifted.
 *
 * <p>One thread at a time. It stands under records whose checksum held; bytes that are no message all the same are an
 * {@link IndexOutOfBoundsException} or a message without a name, never a wrong value.
 */
public final class MessageDecoder {
    private static final int HEADER_LENGTH = 8;
    private static final int GROUP_HEADER_LENGTH = 4;
    private static final int VARIABLE_HEADER_LENGTH = 2;

    /** Up to a frame's length of them in a chunk. */
    private static final String POLICY_BYTES = "policyBytes";

    private final Map<Integer, MessageSchema> schemas = MessageSchema.all();
    private final Rows rows;
    private final Masking masking;
    private DirectBuffer source;
    private int at;
    private int end;

    /** What is shown of the rows of an operator's chunk. */
    public enum Rows {
        /** How many there are. */
        COUNTED,
        /** Each. */
        ALL
    }

    /** Masks what names a person. */
    public MessageDecoder(final Rows rows) {
        this(rows, Masking.MASKED);
    }

    public MessageDecoder(final Rows rows, final Masking masking) {
        this.rows = rows;
        this.masking = masking;
    }

    /** Name of the message that starts at an offset; its numbers if this build knows none. */
    public String nameOf(final DirectBuffer buffer, final int offset, final int length) {
        if (length < HEADER_LENGTH) {
            return "";
        }
        final int templateId = unsignedShort(buffer, offset + 2);
        final int schemaId = unsignedShort(buffer, offset + 4);
        final MessageSchema.Message message = messageOf(schemaId, templateId);
        return message == null ? "template " + templateId + " of schema " + schemaId : message.name();
    }

    private MessageSchema.Message messageOf(final int schemaId, final int templateId) {
        final MessageSchema schema = schemas.get(schemaId);
        return schema == null ? null : schema.message(templateId);
    }

    /**
     * Reads the message that starts at an offset with its header.
     *
     * @return its fields; an empty object if this build does not know the message.
     */
    public ObjectNode decode(final DirectBuffer buffer, final int offset, final int length) {
        final ObjectNode target = JsonNodeFactory.instance.objectNode();
        if (length < HEADER_LENGTH) {
            return target;
        }
        final MessageSchema.Message message =
                messageOf(unsignedShort(buffer, offset + 4), unsignedShort(buffer, offset + 2));
        if (message == null) {
            return target;
        }
        source = buffer;
        at = offset + HEADER_LENGTH;
        end = offset + length;
        block(message.fields(), unsignedShort(buffer, offset), target);
        behindBlock(message.fields(), target);
        return target;
    }

    private void behindBlock(final List<MessageField> fields, final ObjectNode target) {
        for (final MessageField field : fields) {
            if (!field.isInBlock()) {
                behindBlock(field, target);
            }
        }
    }

    /** An older message has a shorter block: fields appended since are not in it. */
    private void block(final List<MessageField> fields, final int blockLength, final ObjectNode target) {
        final int start = at;
        check(blockLength);
        for (final MessageField field : fields) {
            if (field.isInBlock() && at - start + field.length() <= blockLength) {
                fixed(field, target);
            }
        }
        at = start + blockLength;
    }

    private void fixed(final MessageField field, final ObjectNode target) {
        if (field.form() == MessageField.Form.COMPOSITE) {
            final ObjectNode inner = target.putObject(field.name());
            field.parts().forEach(part -> fixed(part, inner));
            return;
        }
        switch (field.form()) {
            case SIGNED -> target.put(field.name(), number(field.length(), true));
            case UNSIGNED -> target.put(field.name(), number(field.length(), false));
            case ENUMERATION -> {
                final int value = (int) number(field.length(), false);
                final String name = field.names().get(value);
                target.put(field.name(), name == null ? String.valueOf(value) : name);
            }
            case TEXT -> target.put(field.name(), masking.shown(field.name(), text(at, field.length())));
            default -> {
                if (!masking.hidesBytes(field.name())) {
                    target.put(field.name(), hex(at, field.length()));
                }
            }
        }
        at += field.length();
    }

    private void behindBlock(final MessageField field, final ObjectNode target) {
        if (field.form() == MessageField.Form.GROUP) {
            group(field, target);
            return;
        }
        check(VARIABLE_HEADER_LENGTH);
        final int length = unsignedShort(source, at);
        at += VARIABLE_HEADER_LENGTH;
        check(length);
        if (rows == Rows.COUNTED && field.name().equals(POLICY_BYTES)) {
            at += length;
            target.put(POLICY_BYTES + "Length", length);
            return;
        }
        target.put(
                field.name(),
                field.form() == MessageField.Form.VARIABLE_TEXT
                        ? masking.shown(field.name(), text(at, length))
                        : hex(at, length));
        at += length;
    }

    private void group(final MessageField field, final ObjectNode target) {
        check(GROUP_HEADER_LENGTH);
        final int entryLength = unsignedShort(source, at);
        final int count = unsignedShort(source, at + 2);
        at += GROUP_HEADER_LENGTH;
        if (rows == Rows.COUNTED && field.name().equals("rows")) {
            final long length = (long) entryLength * count;
            check(length);
            at += (int) length;
            target.put("rowCount", count);
            return;
        }
        final ArrayNode entries = target.putArray(field.name());
        for (int i = 0; i < count; i++) {
            final ObjectNode entry = entries.addObject();
            block(field.parts(), entryLength, entry);
            behindBlock(field.parts(), entry);
        }
    }

    private void check(final long length) {
        if (at + length > end) {
            throw new IndexOutOfBoundsException("the message ends before its field does");
        }
    }

    private long number(final int length, final boolean signed) {
        return switch (length) {
            case Byte.BYTES -> signed ? source.getByte(at) : source.getByte(at) & 0xff;
            case Short.BYTES -> signed ? source.getShort(at, ByteOrder.LITTLE_ENDIAN) : unsignedShort(source, at);
            case Integer.BYTES -> {
                final int value = source.getInt(at, ByteOrder.LITTLE_ENDIAN);
                yield signed ? value : Integer.toUnsignedLong(value);
            }
            default -> source.getLong(at, ByteOrder.LITTLE_ENDIAN);
        };
    }

    private static int unsignedShort(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }

    private String text(final int offset, final int length) {
        int used = length;
        while (used > 0 && source.getByte(offset + used - 1) == 0) {
            used--;
        }
        final byte[] bytes = new byte[used];
        source.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String hex(final int offset, final int length) {
        final byte[] bytes = new byte[length];
        source.getBytes(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
