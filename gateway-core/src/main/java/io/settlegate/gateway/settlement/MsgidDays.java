package io.settlegate.gateway.settlement;

/**
 * What became of each msgid, one table for each business day of the msgid's own time, and of the settlements among them a list
 * by their record's sequence, which is what a setl_id tells.
 *
 * <p>Owned by the engine's thread. The number of tables is fixed by the horizon.
 */
final class MsgidDays {
    private final DayTables days;
    private final SettlementRows[] settlements;

    /** Where {@link #findSettlement} found: the day's table and the row in it, -1 where it found nothing. */
    FlatTable foundDay;

    int foundRow;

    MsgidDays(final int horizonDays, final int limit, final KeyedHash hash) {
        days = new DayTables(TableId.MSGIDS, Rows.MSGID_KEY, Rows.MSGID_LENGTH, horizonDays, limit, hash);
        settlements = new SettlementRows[days.tables().length];
        for (int i = 0; i < settlements.length; i++) {
            settlements[i] = new SettlementRows(days.tables()[i]);
        }
    }

    /** Drops the days that the horizon has passed at this time. */
    void dropBefore(final long timeMs) {
        final long dropped = days.dropBefore(timeMs);
        for (int i = 0; dropped != 0 && i < settlements.length; i++) {
            if ((dropped >>> i & 1) != 0) {
                settlements[i].clear();
            }
        }
    }

    /** The table of a msgid of this time, which must lie within the horizon. */
    FlatTable table(final long msgidTimeMs) {
        return days.table(msgidTimeMs);
    }

    /** Makes a settlement's row findable by its sequence, which stands in it and is the newest. Fails for want of memory only. */
    void putSettlement(final FlatTable day, final int row) {
        settlements[placeOf(day)].add(row);
    }

    /** Whether there is a settlement of this sequence; then {@link #foundDay} and {@link #foundRow} tell where. */
    boolean findSettlement(final long sequence) {
        return findSettlement(sequence, 0);
    }

    /**
     * As above, and asks the day of this number first: a settlement's own, which its setl_id names, is nearly always its msgid's.
     */
    boolean findSettlement(final long sequence, final int likelyDay) {
        final int first = Math.floorMod(likelyDay, settlements.length);
        foundRow = -1;
        for (int i = 0; foundRow < 0 && i < settlements.length; i++) {
            final int place = (first + i) % settlements.length;
            foundRow = settlements[place].find(sequence);
            foundDay = days.tables()[place];
        }
        return foundRow >= 0;
    }

    FlatTable[] tables() {
        return days.tables();
    }

    int count() {
        return days.count();
    }

    /** Memory held by the lists of settlements, used or not. */
    long indexBytes() {
        long sum = 0;
        for (final SettlementRows rows : settlements) {
            sum += rows.bytes();
        }
        return sum;
    }

    private int placeOf(final FlatTable day) {
        int i = 0;
        while (days.tables()[i] != day) {
            i++;
        }
        return i;
    }
}
