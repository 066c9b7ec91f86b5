package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.SealBody;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a journal is founded with. It is the command part of record 0.
 *
 * <pre>
 *   u16 format = 1 | gateway id (16) | gateway key (65) | region (6) | operator key (65)
 *   i64 timeMs | i32 schema version | i32 rules version | u32 length, engine parameters      (little-endian)
 * </pre>
 *
 * <p>A value. The parameters are opaque to the journal and not to be changed.
 *
 * @param gatewayId up to 16 printable ASCII characters.
 * @param gatewayKey the first key that signs seals.
 * @param insuplcAdmdvs six digits: the region whose insured this gateway serves.
 * @param operatorKey the first operator's key.
 * @param timeMs when it was founded.
 * @param schemaVersion of the wire at the founding.
 * @param rulesVersion of the engine at the founding.
 * @param engineParameters opaque bytes for the engine.
 */
public record Genesis(
        String gatewayId,
        Sm2PublicKey gatewayKey,
        String insuplcAdmdvs,
        Sm2PublicKey operatorKey,
        long timeMs,
        int schemaVersion,
        int rulesVersion,
        byte[] engineParameters) {

    private static final int FORMAT = 1;
    private static final int GATEWAY_ID_LENGTH = 16;
    private static final int REGION_LENGTH = 6;
    private static final int FIXED_LENGTH = 2
            + GATEWAY_ID_LENGTH
            + Sm2PublicKey.ENCODED_LENGTH
            + REGION_LENGTH
            + Sm2PublicKey.ENCODED_LENGTH
            + 8
            + 4
            + 4
            + 4;

    public Genesis {
        SealBody.checkGatewayId(gatewayId);
        if (!insuplcAdmdvs.matches("[0-9]{6}")) {
            throw new IllegalArgumentException("a region is six digits; got '" + insuplcAdmdvs + "'");
        }
    }

    byte[] encode() {
        final ByteBuffer buffer =
                ByteBuffer.allocate(FIXED_LENGTH + engineParameters.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putShort((short) FORMAT);
        final byte[] id = new byte[GATEWAY_ID_LENGTH];
        final byte[] text = gatewayId.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, id, 0, text.length);
        buffer.put(id).put(gatewayKey.encoded()).put(insuplcAdmdvs.getBytes(StandardCharsets.US_ASCII));
        buffer.put(operatorKey.encoded()).putLong(timeMs).putInt(schemaVersion).putInt(rulesVersion);
        buffer.putInt(engineParameters.length).put(engineParameters);
        return buffer.array();
    }

    /** Reads the founding record. @throws IllegalArgumentException if the record is another. */
    public static Genesis of(final RecordView record) {
        final byte[] bytes = new byte[record.commandLength()];
        record.buffer().getBytes(record.commandOffset(), bytes);
        final Genesis genesis = record.kind() == RecordKind.GENESIS ? decode(bytes) : null;
        if (genesis == null) {
            throw new IllegalArgumentException("record " + record.sequence() + " founds no journal");
        }
        return genesis;
    }

    /** Reads a founding record's command part; null if it is none. */
    static Genesis decode(final byte[] bytes) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < FIXED_LENGTH || buffer.getShort() != FORMAT) {
            return null;
        }
        try {
            final String id = new String(take(buffer, GATEWAY_ID_LENGTH), StandardCharsets.US_ASCII).replace("\0", "");
            final Sm2PublicKey gateway = Sm2PublicKey.decode(take(buffer, Sm2PublicKey.ENCODED_LENGTH));
            final String region = new String(take(buffer, REGION_LENGTH), StandardCharsets.US_ASCII);
            final Sm2PublicKey operator = Sm2PublicKey.decode(take(buffer, Sm2PublicKey.ENCODED_LENGTH));
            final long time = buffer.getLong();
            final int schema = buffer.getInt();
            final int rules = buffer.getInt();
            final int length = buffer.getInt();
            return length == buffer.remaining()
                    ? new Genesis(id, gateway, region, operator, time, schema, rules, take(buffer, length))
                    : null;
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] take(final ByteBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
