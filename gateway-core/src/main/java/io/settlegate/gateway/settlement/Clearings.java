package io.settlegate.gateway.settlement;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Up to which business day the clearing of each office is closed. An office is the region where persons are insured; one that
 * was never closed has no row.
 *
 * <pre>
 * row:   admdvs 6, zeros 2 | the last day that is closed i32, zeros 4 | sequence of the act i64
 * </pre>
 *
 * <p>Owned by the engine's thread. After {@link #reserve} said yes, {@link #close} cannot throw.
 */
final class Clearings {
    static final int KEY = Rows.REGION_KEY;
    static final int LENGTH = 24;
    /** Before every day. */
    static final int NEVER = Integer.MIN_VALUE;

    private static final int DAY = 8;
    private static final int SEQUENCE = 16;

    final FlatTable table;
    private final FlatTable regions;

    Clearings(final FlatTable table, final FlatTable regions) {
        this.table = table;
        this.regions = regions;
    }

    /** The last business day that is closed at the office; {@link #NEVER} if none is. */
    int closedThrough(final int regionRow) {
        if (table.count() == 0) {
            return NEVER;
        }
        final int row = table.find(regions.buffer(regionRow), regions.offset(regionRow));
        return row < 0 ? NEVER : table.getInt(row, DAY);
    }

    boolean reserve() {
        return table.reserve(1);
    }

    /** Makes this day the last that is closed, be it later or earlier than before. */
    void close(final int regionRow, final int day, final long sequence) {
        final UnsafeBuffer region = regions.buffer(regionRow);
        int row = table.find(region, regions.offset(regionRow));
        if (row < 0) {
            row = table.insert(region, regions.offset(regionRow), KEY);
        } else {
            table.beginWrite(row);
        }
        table.putInt(row, DAY, day);
        table.putLong(row, SEQUENCE, sequence);
        table.endWrite(row);
    }
}
