package io.settlegate.gateway.settlement;

import java.util.Arrays;

/**
 * What became of each msgid, one table for each business day of the msgid's own time. A day that the horizon has passed is
 * dropped whole, and its part of the state hash with it.
 *
 * <p>Owned by the engine's thread. The number of tables is fixed by the horizon.
 */
final class MsgidDays {
    private static final int NO_DAY = Integer.MIN_VALUE;

    private final FlatTable[] tables;
    private final int[] days;
    private final int horizonDays;

    MsgidDays(final int horizonDays, final int limit, final KeyedHash hash) {
        this.horizonDays = horizonDays;
        // The day of the oldest msgid taken, the days up to today, and tomorrow, for a msgid ahead across midnight.
        this.tables = new FlatTable[horizonDays + 2];
        this.days = new int[tables.length];
        Arrays.fill(days, NO_DAY);
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new FlatTable(TableId.MSGIDS, Rows.MSGID_KEY, Rows.MSGID_LENGTH, limit, hash);
        }
    }

    /** Drops the days that the horizon has passed at this time. */
    void dropBefore(final long timeMs) {
        final int oldest = BusinessTime.dayOf(timeMs) - horizonDays;
        for (int i = 0; i < tables.length; i++) {
            if (days[i] != NO_DAY && days[i] < oldest) {
                tables[i].clear();
                days[i] = NO_DAY;
            }
        }
    }

    /** The table of a msgid of this time, which must lie within the horizon. */
    FlatTable table(final long msgidTimeMs) {
        final int day = BusinessTime.dayOf(msgidTimeMs);
        final int slot = Math.floorMod(day, tables.length);
        if (days[slot] != day) {
            if (days[slot] != NO_DAY) {
                throw new IllegalStateException("day " + day + " meets day " + days[slot] + " in the msgid tables");
            }
            days[slot] = day;
        }
        return tables[slot];
    }

    FlatTable[] tables() {
        return tables;
    }

    int count() {
        int sum = 0;
        for (final FlatTable table : tables) {
            sum += table.count();
        }
        return sum;
    }
}
