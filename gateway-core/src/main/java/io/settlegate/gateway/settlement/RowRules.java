package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.VoucherChunkDecoder;
import io.settlegate.protocol.Limits;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The least that the engine asks of an imported row, whoever made it: values that its arithmetic and its keys rely on. The
 * file reader checks far more. Stateless.
 */
final class RowRules {
    private static final int RATIO_ONE = 10_000;
    private static final int ADMDVS_LENGTH = 6;
    private static final int ALLOCATION_AMOUNT = 60;
    private static final int VOUCHER_EXPIRES = VoucherChunkDecoder.RowsDecoder.expiresMsEncodingOffset();

    boolean isValid(final Chunk chunk, final int row) {
        final DirectBuffer buffer = chunk.buffer;
        return switch (chunk.kind) {
            case REGIONS -> Fields.isDigits(buffer, row, 12);
            case INSTITUTIONS -> isInstitution(buffer, row);
            case TERMINALS ->
                Fields.isCode(buffer, row, Rows.TERMINAL_KEY)
                        && buffer.getByte(row + Rows.TERMINAL_PUBLIC_KEY) == 4
                        && isTerminalStatus(buffer.getByte(row + Rows.TERMINAL_STATUS));
            case PERSONS -> PersonRows.isValid(buffer, row);
            case CATALOGUE -> isItem(buffer, row);
            case POLICY_VERSIONS -> isPiece(chunk);
            case ALLOCATIONS ->
                Fields.isCode(buffer, row, Rows.BATCH_ID_LENGTH)
                        && isAmount(buffer.getLong(row + ALLOCATION_AMOUNT, ByteOrder.LITTLE_ENDIAN))
                        && buffer.getLong(row + ALLOCATION_AMOUNT, ByteOrder.LITTLE_ENDIAN) > 0;
            case VOUCHERS ->
                Fields.isCode(buffer, row, Rows.VOUCHER_KEY)
                        && Fields.isCode(buffer, row + Rows.VOUCHER_PSN_NO, Rows.PERSON_KEY)
                        && buffer.getLong(row + VOUCHER_EXPIRES, ByteOrder.LITTLE_ENDIAN) > 0;
            case ITEM_TERMS ->
                Fields.isCode(buffer, row, Rows.ITEM_KEY)
                        && Fields.isDigits(buffer, row + Rows.TERMS_ADMDVS, ADMDVS_LENGTH)
                        && areTerms(buffer, row + Rows.TERMS_LV)
                        && isFlag(buffer.getByte(row + Rows.TERMS_ESSENTIAL))
                        && isPeriod(buffer, row + Rows.TERMS_BEGN_DAY);
            case ENTITLEMENTS -> EntitlementRows.isValid(buffer, row);
        };
    }

    private static boolean isInstitution(final DirectBuffer buffer, final int row) {
        final byte kind = buffer.getByte(row);
        if ((kind != 'H' && kind != 'P') || !Fields.isDigits(buffer, row + 1, Rows.INSTITUTION_KEY - 1)) {
            return false;
        }
        final int level = row + Rows.INSTITUTION_HOSP_LV;
        return Fields.isDigits(buffer, level, 2)
                && Fields.number(buffer, level, 2) >= 1
                && Fields.number(buffer, level, 2) <= 11
                && buffer.getByte(level + 2) == 0
                && isFlag(buffer.getByte(row + Rows.INSTITUTION_STATUS));
    }

    private static boolean isItem(final DirectBuffer buffer, final int row) {
        return Fields.isCode(buffer, row, Rows.ITEM_KEY)
                && areTerms(buffer, row + Rows.ITEM_LV)
                && isFlag(buffer.getByte(row + Rows.ITEM_ESSENTIAL))
                && isFlag(buffer.getByte(row + Rows.ITEM_RX))
                && isPeriod(buffer, row + Rows.ITEM_BEGN_DAY);
    }

    /** Class, first share, and ceiling, as they stand together in both kinds of rows. */
    private static boolean areTerms(final DirectBuffer buffer, final int level) {
        final int selfpay =
                buffer.getShort(level + Rows.ITEM_SELFPAY_E4 - Rows.ITEM_LV, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final long ceiling = buffer.getLong(level + Rows.ITEM_CEILING_E6 - Rows.ITEM_LV, ByteOrder.LITTLE_ENDIAN);
        return selfpay <= RATIO_ONE
                && ceiling >= 0
                && ceiling <= Limits.MAX_PRIC_E6
                && (Fields.holds(buffer, level, 3, "01")
                        || Fields.holds(buffer, level, 3, "02")
                        || Fields.holds(buffer, level, 3, "03"));
    }

    private static boolean isPiece(final Chunk chunk) {
        final DirectBuffer buffer = chunk.buffer;
        final int piece = buffer.getShort(chunk.body + StagedPolicies.PIECE, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final int pieceCount =
                buffer.getShort(chunk.body + StagedPolicies.PIECE_COUNT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        return Fields.isDigits(buffer, chunk.body + StagedPolicies.POOLAREA, Rows.REGION_KEY)
                && buffer.getInt(chunk.body + StagedPolicies.VERSION, ByteOrder.LITTLE_ENDIAN) > 0
                && piece < pieceCount
                && chunk.oneRowLength() > 0;
    }

    /** First day and first day after, of which the second may be the first: a period without a day. */
    private static boolean isPeriod(final DirectBuffer buffer, final int begnDay) {
        final int begn = buffer.getInt(begnDay, ByteOrder.LITTLE_ENDIAN);
        return begn >= 0 && buffer.getInt(begnDay + Integer.BYTES, ByteOrder.LITTLE_ENDIAN) >= begn;
    }

    private static boolean isAmount(final long amountFen) {
        return amountFen >= 0 && amountFen <= Limits.MAX_AMOUNT_FEN;
    }

    private static boolean isTerminalStatus(final byte value) {
        return isFlag(value) || value == Rows.TERMINAL_REVOKED;
    }

    private static boolean isFlag(final byte value) {
        return value == 0 || value == 1;
    }
}
