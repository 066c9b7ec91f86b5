package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.PolicyChunkDecoder;
import io.settlegate.gateway.settlement.codec.PolicyChunkDecoder.RowsDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes table rows of policy chunks: pooling region, version, and dates stand in the chunk's block. Allocates; imports only. */
final class PolicyRows {
    /** Pooling region 6 and version 4, which complete the key of a row. */
    static final int SCOPE_LENGTH = 10;

    private static final int POOLAREA_LENGTH = 6;
    private static final int ROW_KEY_LENGTH = 14;

    private PolicyRows() {}

    /** Pooling region, version, and the row's own key: what may occur once in one import. */
    static UnsafeBuffer identity(final Chunk chunk, final int row) {
        final UnsafeBuffer identity = new UnsafeBuffer(new byte[SCOPE_LENGTH + ROW_KEY_LENGTH]);
        identity.putBytes(0, chunk.buffer, chunk.body + PolicyChunkDecoder.poolareaEncodingOffset(), POOLAREA_LENGTH);
        identity.putBytes(
                POOLAREA_LENGTH, chunk.buffer, chunk.body + PolicyChunkDecoder.policyVersionEncodingOffset(), 4);
        identity.putBytes(SCOPE_LENGTH, chunk.buffer, row, ROW_KEY_LENGTH);
        return identity;
    }

    /** The table row, with ordinal 0. */
    static UnsafeBuffer row(final Chunk chunk, final int row) {
        final DirectBuffer source = chunk.buffer;
        final UnsafeBuffer target = new UnsafeBuffer(new byte[Rows.POLICY_LENGTH]);
        target.putBytes(0, source, chunk.body + PolicyChunkDecoder.poolareaEncodingOffset(), POOLAREA_LENGTH);
        target.putBytes(POOLAREA_LENGTH, source, row, ROW_KEY_LENGTH);
        target.putBytes(Rows.POLICY_VERSION, source, chunk.body + PolicyChunkDecoder.policyVersionEncodingOffset(), 4);
        target.putBytes(Rows.POLICY_FROM, source, chunk.body + PolicyChunkDecoder.effectiveFromMsEncodingOffset(), 8);
        target.putBytes(Rows.POLICY_TO, source, chunk.body + PolicyChunkDecoder.effectiveToMsEncodingOffset(), 8);
        target.putBytes(Rows.POLICY_DEDUCTIBLE, source, row + RowsDecoder.deductibleFenEncodingOffset(), 16);
        target.putBytes(Rows.POLICY_RATIOS, source, row + RowsDecoder.level1RatioE4EncodingOffset(), 8);
        return target;
    }

    /** The row of the same key and version, or -1; leaves in {@code policyRow} the ordinal where the search ended. */
    static int findVersion(final FlatTable policies, final UnsafeBuffer policyRow) {
        for (int ordinal = 0; ; ordinal++) {
            policyRow.putShort(Rows.POLICY_ORDINAL, (short) ordinal, ByteOrder.LITTLE_ENDIAN);
            final int row = policies.find(policyRow, 0);
            if (row < 0
                    || policies.getInt(row, Rows.POLICY_VERSION)
                            == policyRow.getInt(Rows.POLICY_VERSION, ByteOrder.LITTLE_ENDIAN)) {
                return row;
            }
        }
    }
}
