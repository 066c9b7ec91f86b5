package io.settlegate.gateway.settlement;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * What became of each msgid, one table for each business day of the msgid's own time, and of the settlements among them an
 * index by their record's sequence, which is what a setl_id tells.
 *
 * <p>Owned by the engine's thread. The number of tables is fixed by the horizon.
 */
final class MsgidDays {
    private final DayTables days;
    private final KeyIndex[] settlements;
    private final UnsafeBuffer sequenceKey = new UnsafeBuffer(new byte[Long.BYTES]);

    /** Where {@link #findSettlement} found: the day's table and the row in it, -1 where it found nothing. */
    FlatTable foundDay;

    int foundRow;

    MsgidDays(final int horizonDays, final int limit, final KeyedHash hash) {
        days = new DayTables(TableId.MSGIDS, Rows.MSGID_KEY, Rows.MSGID_LENGTH, horizonDays, limit, hash);
        settlements = new KeyIndex[days.tables().length];
        for (int i = 0; i < settlements.length; i++) {
            settlements[i] = new KeyIndex(days.tables()[i], Rows.MSGID_SEQUENCE, Long.BYTES, hash);
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

    /** Makes a settlement's row findable by its sequence, which stands in it. Fails for want of memory only. */
    void putSettlement(final FlatTable day, final int row) {
        indexOf(day).put(row);
    }

    /** Whether there is a settlement of this sequence; then {@link #foundDay} and {@link #foundRow} tell where. */
    boolean findSettlement(final long sequence) {
        sequenceKey.putLong(0, sequence);
        foundRow = -1;
        for (int i = 0; foundRow < 0 && i < settlements.length; i++) {
            foundRow = settlements[i].find(sequenceKey, 0);
            foundDay = days.tables()[i];
        }
        return foundRow >= 0;
    }

    FlatTable[] tables() {
        return days.tables();
    }

    int count() {
        return days.count();
    }

    /** Memory held by the indexes of settlements, used or not. */
    long indexBytes() {
        long sum = 0;
        for (final KeyIndex index : settlements) {
            sum += index.bytes();
        }
        return sum;
    }

    private KeyIndex indexOf(final FlatTable day) {
        int i = 0;
        while (days.tables()[i] != day) {
            i++;
        }
        return settlements[i];
    }
}
