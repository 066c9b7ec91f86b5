package io.settlegate.gateway.documents;

import io.settlegate.gateway.documents.MessageLayout.Field;
import io.settlegate.gateway.documents.MessageLayout.Variable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** A frame with every byte: offset, bytes, field, value. Messages within a message are taken apart where they stand. */
final class AnnotatedHex implements MessageVisitor {
    private static final int BYTES_PER_ROW = 16;
    private static final int FRAME_LENGTH_LENGTH = 4;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.ofHours(8));
    private static final String[] HEADER = {"blockLength", "templateId", "schemaId", "version"};

    private final byte[] bytes;
    private final MessageWalk walk;
    private final StringBuilder text = new StringBuilder();
    private String prefix = "";

    private AnnotatedHex(final MessageLayouts layouts, final byte[] bytes) {
        this.bytes = bytes;
        this.walk = new MessageWalk(layouts, bytes);
    }

    /** Of a frame, its length field included. */
    static String of(final MessageLayouts layouts, final byte[] frame) {
        final AnnotatedHex hex = new AnnotatedHex(layouts, frame);
        hex.rows(0, FRAME_LENGTH_LENGTH, "frameLength", String.valueOf(frame.length - FRAME_LENGTH_LENGTH));
        hex.walk.walk(FRAME_LENGTH_LENGTH, frame.length, hex);
        return hex.text.toString();
    }

    @Override
    public void message(final int offset, final MessageLayout layout) {
        for (int i = 0; i < HEADER.length; i++) {
            final int at = offset + i * Short.BYTES;
            final String name = i == 1 ? " " + layout.name() : "";
            rows(at, Short.BYTES, HEADER[i], walk.u16(at) + name);
        }
    }

    @Override
    public void field(final int offset, final Field field) {
        rows(offset, field.length(), field.name(), value(offset, field));
    }

    private String value(final int offset, final Field field) {
        if (field.isText()) {
            final String value = walk.text(offset, field);
            return value.isEmpty() ? "(empty)" : value;
        }
        if (field.isBytes()) {
            return "";
        }
        final long number = walk.number(offset, field);
        if (!field.names().isEmpty()) {
            return number + " " + field.names().get(number);
        }
        // Points in time are longer than a day; intervals are not.
        return field.name().endsWith("Ms") && field.primitive().equals("int64")
                ? number + " (" + TIME.format(Instant.ofEpochMilli(number)) + " at UTC+08:00)"
                : String.valueOf(number);
    }

    @Override
    public void group(final int offset, final String name, final int entryCount) {
        rows(offset, Short.BYTES, name, walk.u16(offset) + " bytes an entry");
        rows(offset + Short.BYTES, Short.BYTES, name, entryCount + (entryCount == 1 ? " entry" : " entries"));
    }

    @Override
    public void entry(final int index) {
        // The fields' order shows where the next begins.
    }

    @Override
    public void endOfGroup() {
        // Offsets go on.
    }

    @Override
    public void variable(final int offset, final Variable variable, final int length) {
        final int from = offset + MessageWalk.VARIABLE_HEADER_LENGTH;
        rows(offset, MessageWalk.VARIABLE_HEADER_LENGTH, variable.name(), length + " bytes follow");
        if (variable.kind() == Variable.Kind.TEXT) {
            rows(from, length, variable.name(), new String(bytes, from, length, StandardCharsets.UTF_8));
        } else if (length > 0) {
            final String outer = prefix;
            prefix = outer + variable.name() + ".";
            walk.walk(from, from + length, this);
            prefix = outer;
        }
    }

    @Override
    public void signature(final int offset) {
        final int half = MessageWalk.SIGNATURE_LENGTH / 2;
        rows(offset, half, "signature r", "big-endian");
        rows(offset + half, half, "signature s", "big-endian");
    }

    private void rows(final int offset, final int length, final String field, final String value) {
        for (int done = 0; done < length; done += BYTES_PER_ROW) {
            final int count = Math.min(BYTES_PER_ROW, length - done);
            final String row = HEX.formatHex(bytes, offset + done, offset + done + count);
            final String line = done == 0
                    ? String.format("%5d  %-47s  %s  %s", offset, row, prefix + field, value)
                    : String.format("%5d  %s", offset + done, row);
            text.append(line.stripTrailing()).append('\n');
        }
    }
}
