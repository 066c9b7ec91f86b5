package io.settlegate.gateway.inspection;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * A message of the schema files looked at in place: its fields by their names, and none decoded that is not asked for. Fields of
 * composites stand under their own names.
 *
 * <p>One thread at a time. A message that this build does not know, or that is cut short, has no fields.
 */
public final class MessageView {
    private static final int HEADER_LENGTH = 8;
    private static final int GROUP_HEADER_LENGTH = 4;

    private final Int2ObjectHashMap<Layout> layouts;
    private DirectBuffer buffer;
    private Layout layout;
    private int blockOffset;
    private int blockLength;
    private int entriesOffset;
    private int entryLength;
    private int entryCount;

    /** Where a field stands in its block. */
    private record Place(int offset, int length, MessageField.Form form, Map<Integer, String> names) {}

    private record Layout(
            int schemaId, int templateId, String name, Map<String, Place> block, Map<String, Place> entry) {}

    public MessageView() {
        layouts = new Int2ObjectHashMap<>();
        MessageSchema.all().forEach((schemaId, schema) -> schema.templateIds()
                .forEach(id -> layouts.put(key(schemaId, id), layoutOf(schemaId, id, schema.message(id)))));
    }

    private static Layout layoutOf(final int schemaId, final int templateId, final MessageSchema.Message message) {
        final Map<String, Place> block = new HashMap<>();
        final Map<String, Place> entry = new HashMap<>();
        int offset = 0;
        for (final MessageField field : message.fields()) {
            if (field.isInBlock()) {
                offset = place(field, offset, block, message);
            } else if (field.form() == MessageField.Form.GROUP) {
                placeEntry(field, entry, message);
            }
        }
        return new Layout(schemaId, templateId, message.name(), Map.copyOf(block), Map.copyOf(entry));
    }

    /** Entries that hold what has a length of its own stand at no fixed places: they are not looked at. */
    private static void placeEntry(
            final MessageField group, final Map<String, Place> entry, final MessageSchema.Message message) {
        if (group.parts().stream().allMatch(MessageField::isInBlock)) {
            int offset = 0;
            for (final MessageField part : group.parts()) {
                offset = place(part, offset, entry, message);
            }
        }
    }

    private static int place(
            final MessageField field,
            final int offset,
            final Map<String, Place> places,
            final MessageSchema.Message message) {
        if (field.form() == MessageField.Form.COMPOSITE) {
            int at = offset;
            for (final MessageField part : field.parts()) {
                at = place(part, at, places, message);
            }
            return at;
        }
        if (places.put(field.name(), new Place(offset, field.length(), field.form(), field.names())) != null) {
            throw new IllegalStateException(message.name() + " has two fields " + field.name());
        }
        return offset + field.length();
    }

    private static int key(final int schemaId, final int templateId) {
        return schemaId << Short.SIZE | templateId;
    }

    /** Looks at the message that starts at an offset with its header; false if it is none that this build knows. */
    public boolean wrap(final DirectBuffer source, final int offset, final int length) {
        layout = null;
        if (length < HEADER_LENGTH) {
            return false;
        }
        buffer = source;
        blockOffset = offset + HEADER_LENGTH;
        blockLength = unsignedShort(offset);
        if (blockLength > length - HEADER_LENGTH) {
            return false;
        }
        layout = layouts.get(key(unsignedShort(offset + 4), unsignedShort(offset + 2)));
        if (layout == null) {
            return false;
        }
        wrapGroup(offset + length);
        return true;
    }

    private void wrapGroup(final int end) {
        entryCount = 0;
        final int group = blockOffset + blockLength;
        if (layout.entry().isEmpty() || end - group < GROUP_HEADER_LENGTH) {
            return;
        }
        entryLength = unsignedShort(group);
        entriesOffset = group + GROUP_HEADER_LENGTH;
        final int count = unsignedShort(group + 2);
        if ((long) count * entryLength <= end - entriesOffset) {
            entryCount = count;
        }
    }

    public boolean isKnown() {
        return layout != null;
    }

    /** Of a known message. */
    public int schemaId() {
        return layout.schemaId();
    }

    /** Of a known message. */
    public int templateId() {
        return layout.templateId();
    }

    /** Name in the schema; empty if the message is not known. */
    public String name() {
        return layout == null ? "" : layout.name();
    }

    public boolean has(final String field) {
        return place(field) != null;
    }

    private Place place(final String field) {
        if (layout == null) {
            return null;
        }
        final Place place = layout.block().get(field);
        return place != null && place.offset() + place.length() <= blockLength ? place : null;
    }

    private Place entryPlace(final String field) {
        final Place place = layout == null ? null : layout.entry().get(field);
        return place != null && place.offset() + place.length() <= entryLength ? place : null;
    }

    /** The number in a field, or {@code absent}. */
    public long number(final String field, final long absent) {
        final Place place = place(field);
        return place == null ? absent : number(place, blockOffset);
    }

    /** The text in a field, or the name of its value; empty if there is none. */
    public String text(final String field) {
        final Place place = place(field);
        return place == null ? "" : text(place, blockOffset);
    }

    /** Whether a text field begins with bytes, and, if it is to be all of it, ends there. */
    public boolean holds(final String field, final byte[] value, final Extent extent) {
        final Place place = place(field);
        return place != null && holds(place, blockOffset, value, extent);
    }

    /** How much of a field is compared. */
    public enum Extent {
        /** Its beginning. */
        PREFIX,
        /** All of it. */
        WHOLE
    }

    /** Entries of the message's group; 0 where it has none. */
    public int entryCount() {
        return layout == null ? 0 : entryCount;
    }

    public boolean hasInEntries(final String field) {
        return entryCount() > 0 && entryPlace(field) != null;
    }

    public long number(final int entry, final String field, final long absent) {
        final Place place = entryPlace(field);
        return place == null ? absent : number(place, entriesOffset + entry * entryLength);
    }

    public String text(final int entry, final String field) {
        final Place place = entryPlace(field);
        return place == null ? "" : text(place, entriesOffset + entry * entryLength);
    }

    /** As {@link #holds(String, byte[], Extent)}, of an entry. */
    public boolean holds(final int entry, final String field, final byte[] value, final Extent extent) {
        final Place place = entryPlace(field);
        return place != null && holds(place, entriesOffset + entry * entryLength, value, extent);
    }

    private boolean holds(final Place place, final int base, final byte[] value, final Extent extent) {
        if (place.form() != MessageField.Form.TEXT || value.length > place.length()) {
            return false;
        }
        final int start = base + place.offset();
        for (int i = 0; i < value.length; i++) {
            if (buffer.getByte(start + i) != value[i]) {
                return false;
            }
        }
        return extent == Extent.PREFIX || value.length == place.length() || buffer.getByte(start + value.length) == 0;
    }

    private long number(final Place place, final int base) {
        final int at = base + place.offset();
        final boolean signed = place.form() == MessageField.Form.SIGNED;
        return switch (place.length()) {
            case Byte.BYTES -> signed ? buffer.getByte(at) : buffer.getByte(at) & 0xff;
            case Short.BYTES -> signed ? buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) : unsignedShort(at);
            case Integer.BYTES -> {
                final int value = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
                yield signed ? value : Integer.toUnsignedLong(value);
            }
            default -> buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
        };
    }

    private String text(final Place place, final int base) {
        if (place.form() == MessageField.Form.ENUMERATION) {
            final long value = number(place, base);
            return place.names().getOrDefault((int) value, String.valueOf(value));
        }
        int used = place.length();
        while (used > 0 && buffer.getByte(base + place.offset() + used - 1) == 0) {
            used--;
        }
        final byte[] bytes = new byte[used];
        buffer.getBytes(base + place.offset(), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int unsignedShort(final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }
}
