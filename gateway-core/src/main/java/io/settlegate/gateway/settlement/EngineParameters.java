package io.settlegate.gateway.settlement;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What an engine is made with. Stored in the journal's genesis, because the same journal under other parameters is another
 * state.
 *
 * <pre>
 * format u8 | gatewayId 16 | insuplc 6 | horizonDays i32 | msgidAheadMs i64 | readFreshnessMs i64 | clockJumpLimitMs i64 |
 * hashKeyHigh i64 | hashKeyLow i64 | ten limits i32 | stagedLength i64 | two limits i32        little-endian
 * </pre>
 *
 * <p>Immutable. The hash key is no secret of the trade but is not printed.
 */
public record EngineParameters(
        String gatewayId,
        String insuplcAdmdvs,
        int horizonDays,
        long msgidAheadMs,
        long readFreshnessMs,
        long clockJumpLimitMs,
        long hashKeyHigh,
        long hashKeyLow,
        TableLimits limits) {
    /** Bytes of the encoded form. */
    public static final int ENCODED_LENGTH = 1 + 16 + 6 + 4 + 5 * 8 + 10 * 4 + 8 + 2 * 4;

    private static final byte FORMAT = 2;
    private static final int GATEWAY_ID_LENGTH = 16;
    private static final int ADMDVS_LENGTH = 6;
    private static final int MAX_HORIZON_DAYS = 31;

    public EngineParameters {
        check(isAscii(gatewayId, 1, GATEWAY_ID_LENGTH), "gatewayId must be 1 to 16 ASCII characters");
        check(isAscii(insuplcAdmdvs, ADMDVS_LENGTH, ADMDVS_LENGTH), "insuplcAdmdvs must be six digits");
        check(horizonDays >= 1 && horizonDays <= MAX_HORIZON_DAYS, "horizonDays must be 1 to 31");
        check(msgidAheadMs >= 0 && msgidAheadMs < BusinessTime.DAY_MS, "msgidAheadMs must be less than a day");
        check(readFreshnessMs > 0, "readFreshnessMs must be positive");
        check(clockJumpLimitMs > 0, "clockJumpLimitMs must be positive");
    }

    /** The usual terms: three days, five minutes, one minute, 36 hours, tables for a city. */
    public static EngineParameters standard(
            final String gatewayId, final String insuplcAdmdvs, final long hashKeyHigh, final long hashKeyLow) {
        return new EngineParameters(
                gatewayId,
                insuplcAdmdvs,
                3,
                300_000,
                60_000,
                36 * 3_600_000L,
                hashKeyHigh,
                hashKeyLow,
                TableLimits.CITY);
    }

    /** These, with another horizon. */
    public EngineParameters withHorizonDays(final int days) {
        return new EngineParameters(
                gatewayId,
                insuplcAdmdvs,
                days,
                msgidAheadMs,
                readFreshnessMs,
                clockJumpLimitMs,
                hashKeyHigh,
                hashKeyLow,
                limits);
    }

    /** Reads what {@link #encode()} wrote. */
    public static EngineParameters decode(final byte[] bytes) {
        check(bytes.length == ENCODED_LENGTH && bytes[0] == FORMAT, "these bytes are no engine parameters of format 2");
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.get();
        final String gatewayId = text(in, GATEWAY_ID_LENGTH);
        final String insuplc = text(in, ADMDVS_LENGTH);
        return new EngineParameters(
                gatewayId,
                insuplc,
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                new TableLimits(
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getInt(),
                        in.getLong(),
                        in.getInt(),
                        in.getInt()));
    }

    /** {@value #ENCODED_LENGTH} bytes. */
    public byte[] encode() {
        final ByteBuffer out = ByteBuffer.allocate(ENCODED_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        out.put(FORMAT);
        out.put(java.util.Arrays.copyOf(gatewayId.getBytes(StandardCharsets.US_ASCII), GATEWAY_ID_LENGTH));
        out.put(insuplcAdmdvs.getBytes(StandardCharsets.US_ASCII));
        out.putInt(horizonDays).putLong(msgidAheadMs).putLong(readFreshnessMs).putLong(clockJumpLimitMs);
        out.putLong(hashKeyHigh).putLong(hashKeyLow);
        out.putInt(limits.regions())
                .putInt(limits.institutions())
                .putInt(limits.terminals())
                .putInt(limits.persons());
        out.putInt(limits.items())
                .putInt(limits.policyRows())
                .putInt(limits.batches())
                .putInt(limits.msgidsPerDay());
        out.putInt(limits.itemTerms()).putInt(limits.entitlements());
        out.putLong(limits.stagedLength());
        out.putInt(limits.visits()).putInt(limits.feeLines());
        return out.array();
    }

    @Override
    public String toString() {
        return "EngineParameters of " + gatewayId + ", " + insuplcAdmdvs + ", horizon " + horizonDays + " days";
    }

    private static String text(final ByteBuffer in, final int length) {
        final byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII).trim();
    }

    private static boolean isAscii(final String value, final int least, final int most) {
        boolean visible = value.length() >= least && value.length() <= most;
        for (int i = 0; visible && i < value.length(); i++) {
            visible = value.charAt(i) > ' ' && value.charAt(i) < 0x7f;
        }
        return visible;
    }

    private static void check(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
