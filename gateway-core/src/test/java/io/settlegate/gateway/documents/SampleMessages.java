package io.settlegate.gateway.documents;

import io.settlegate.gateway.documents.MessageLayout.Field;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Messages that the worked session does not hold: requests of hospitals and their outcomes, every field with a value of its own, so
 * that a reader that takes one for another is found. They show the form only; no gateway would take these requests.
 *
 * <p>Written by the schema's layout and not by the codecs.
 */
final class SampleMessages {
    private static final int SCHEMA = 1;
    private static final int VERSION = 1;
    private static final int ENTRIES = 2;
    private static final int CAPACITY = 4096;

    private final byte[] terminalPublicKey;
    private ByteBuffer target = ByteBuffer.allocate(0);
    private int fieldCount;

    SampleMessages(final Sm2PublicKey terminalKey) {
        this.terminalPublicKey = terminalKey.encoded();
    }

    /** The message of a layout, with its signature where it has one. Variable fields are empty: what is in them are messages. */
    byte[] of(final MessageLayout layout) {
        target = ByteBuffer.allocate(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
        fieldCount = 0;
        target.putShort((short) layout.blockLength())
                .putShort((short) layout.templateId())
                .putShort((short) SCHEMA)
                .putShort((short) VERSION);
        layout.block().forEach(this::put);
        if (!layout.groupName().isEmpty()) {
            putGroup(layout);
        }
        layout.variables().forEach(variable -> target.putShort((short) 0));
        final byte[] message = new byte[target.position()];
        target.get(0, message);
        return layout.isSigned() ? signed(message) : message;
    }

    private void putGroup(final MessageLayout layout) {
        final List<Field> entry = layout.entry();
        target.putShort((short) entry.stream().mapToInt(Field::length).sum()).putShort((short) ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            entry.forEach(this::put);
            layout.entryVariables().forEach(variable -> target.putShort((short) 0));
        }
    }

    private void put(final Field field) {
        fieldCount++;
        final int end = target.position() + field.length();
        if (field.isText()) {
            target.put(text(field).getBytes(StandardCharsets.US_ASCII));
        } else if (field.name().equals("domainTag")) {
            target.put((byte) DomainTag.TERMINAL_REQUEST.value());
        } else if (field.isBytes()) {
            while (target.position() < end) {
                target.put((byte) fieldCount);
            }
        } else {
            switch (field.length()) {
                case Byte.BYTES -> target.put((byte) fieldCount);
                case Short.BYTES -> target.putShort((short) (1_000 + fieldCount));
                case Integer.BYTES -> target.putInt(1_000_000 + fieldCount);
                case Long.BYTES -> target.putLong(1_000_000_000_000L + fieldCount);
                default -> throw new IllegalArgumentException(field.name() + " is no number");
            }
        }
        target.position(end);
    }

    /** The field's number in the message, and as much of its name as fits. */
    private String text(final Field field) {
        final String text = fieldCount + field.name().toUpperCase(Locale.ROOT);
        return text.substring(0, Math.min(text.length(), field.length()));
    }

    private byte[] signed(final byte[] message) {
        final byte[] e = Sm2Numbers.digest(Sm2Numbers.z(Sm2PublicKey.USER_ID, terminalPublicKey), message);
        // Never a nonce in the field: this one can be computed by whoever sees the message.
        return Sm2Numbers.concatenated(message, Sm2Numbers.sign(KeyVectors.terminalKey(), e, Sm3.hash(message)));
    }
}
