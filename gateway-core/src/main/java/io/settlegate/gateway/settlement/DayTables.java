package io.settlegate.gateway.settlement;

import java.util.Arrays;

/**
 * One table for each business day within the horizon. A day that the horizon has passed is dropped whole, and its part of the
 * state hash with it, so that rows need no removal one by one.
 *
 * <p>Owned by the engine's thread. The number of tables is fixed by the horizon; a dropped day's memory serves a later one.
 */
final class DayTables {
    static final int NO_DAY = Integer.MIN_VALUE;

    private final FlatTable[] tables;
    private final int[] days;
    private final int horizonDays;
    private int oldestDay = NO_DAY;

    DayTables(
            final TableId id,
            final int keyLength,
            final int rowLength,
            final int horizonDays,
            final int limit,
            final KeyedHash hash,
            final FlatTable.Keys keys) {
        this.horizonDays = horizonDays;
        // The day of the oldest row taken, the days up to today, and tomorrow, for what is ahead across midnight.
        this.tables = new FlatTable[horizonDays + 2];
        this.days = new int[tables.length];
        Arrays.fill(days, NO_DAY);
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new FlatTable(id, keyLength, rowLength, rowLength, limit, hash, keys);
        }
    }

    /** Drops the days that the horizon has passed at this time. @return the places of the dropped, one bit each. */
    long dropBefore(final long timeMs) {
        final int oldest = BusinessTime.dayOf(timeMs) - horizonDays;
        if (oldest == oldestDay) {
            return 0;
        }
        oldestDay = oldest;
        long dropped = 0;
        for (int i = 0; i < tables.length; i++) {
            if (days[i] != NO_DAY && days[i] < oldest) {
                tables[i].clear();
                days[i] = NO_DAY;
                dropped |= 1L << i;
            }
        }
        return dropped;
    }

    /** The table of this time's day, which must lie within the horizon. */
    FlatTable table(final long timeMs) {
        return tables[place(timeMs)];
    }

    /** The table of this business day, which must lie within the horizon. */
    FlatTable ofDay(final int day) {
        return tables[placeOf(day)];
    }

    /** The place of this time's day, which must lie within the horizon. */
    int place(final long timeMs) {
        return placeOf(BusinessTime.dayOf(timeMs));
    }

    private int placeOf(final int day) {
        final int place = Math.floorMod(day, tables.length);
        if (days[place] != day) {
            if (days[place] != NO_DAY) {
                throw new IllegalStateException("day " + day + " meets day " + days[place] + " in the tables by day");
            }
            days[place] = day;
        }
        return place;
    }

    /** The table of this business day; null if nothing of it is held. */
    FlatTable find(final int day) {
        final int place = Math.floorMod(day, tables.length);
        return days[place] == day ? tables[place] : null;
    }

    /** The business day of a table that holds one. */
    int dayOf(final FlatTable table) {
        int place = 0;
        while (tables[place] != table) {
            place++;
        }
        return days[place];
    }

    /** How many business days before today are kept. */
    int horizonDays() {
        return horizonDays;
    }

    FlatTable[] tables() {
        return tables;
    }

    /** The day of the table at a place; {@link #NO_DAY} where it holds none. */
    int dayAt(final int place) {
        return days[place];
    }

    /** Makes the table at a place that of a day, or of none. */
    void putDay(final int place, final int day) {
        days[place] = day;
    }

    int count() {
        int sum = 0;
        for (final FlatTable table : tables) {
            sum += table.count();
        }
        return sum;
    }
}
