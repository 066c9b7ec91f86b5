package io.settlegate.gateway.settlement;

import java.io.IOException;

/**
 * A table in a snapshot. The rows keep their numbers, because other rows name them by number; rows that are free stand among
 * them as they are in memory, each naming the one that was removed before it.
 *
 * <pre>
 * table i32 | day i32, 0 if the table is not by day | length of key i32, of row i32 |
 * rows, free ones included i32 | the row removed last, plus 1 i32 | free rows i32 | 0 i32 | hash of the rows, high i64, low i64 |
 * the rows
 * </pre>
 *
 * <p>Reading recomputes the hash and the index from the rows, and compares the hash. Memory is taken as rows come, so that a
 * wrong count takes none. Stateless; one thread.
 */
final class TableSection {
    private static final int HEADER_LENGTH = 8 * Integer.BYTES + 2 * Long.BYTES;

    private TableSection() {}

    static void write(final FlatTable table, final int day, final SnapshotWriter out) throws IOException {
        out.putInt(table.id().number);
        out.putInt(day);
        out.putInt(table.keyLength());
        out.putInt(table.rowLength());
        out.putInt(table.end());
        out.putInt(table.firstFree());
        out.putInt(table.freeCount());
        out.putInt(0);
        out.putLong(table.hashHigh());
        out.putLong(table.hashLow());
        int row = 0;
        while (row < table.end()) {
            final var rows = table.bulk(row, table.end());
            row += rows.remaining() / table.rowLength();
            out.putRows(rows);
        }
    }

    /** Reads into the table, dropping what it held. @return the day. */
    static int read(final FlatTable table, final SnapshotReader in) throws IOException {
        try {
            return readRows(table, in);
        } catch (final IOException e) {
            throw new IOException("table " + table.id() + ": " + e.getMessage(), e);
        }
    }

    private static int readRows(final FlatTable table, final SnapshotReader in) throws IOException {
        table.clear();
        in.header(HEADER_LENGTH);
        expect("the number of the table", in.getInt(), table.id().number);
        final int day = in.getInt();
        expect("the length of a key", in.getInt(), table.keyLength());
        expect("the length of a row", in.getInt(), table.rowLength());
        final int end = in.getInt();
        final int firstFree = in.getInt();
        final int freeCount = in.getInt();
        if (end < 0 || end > table.limit() || freeCount < 0 || freeCount > end) {
            throw new IOException("it says that it has " + end + " rows, " + freeCount + " of them free; "
                    + table.limit() + " is the limit");
        }
        expect("a number between", in.getInt(), 0);
        final long hashHigh = in.getLong();
        final long hashLow = in.getLong();
        int row = 0;
        while (row < end) {
            table.reserve(row + 1);
            final var rows = table.bulk(row, end);
            row += rows.remaining() / table.rowLength();
            in.fill(rows);
        }
        table.restore(end, firstFree, freeCount);
        if (table.hashHigh() != hashHigh || table.hashLow() != hashLow) {
            throw new IOException("the hash of its " + end + " rows is not the one that was written with them");
        }
        return day;
    }

    private static void expect(final String what, final int found, final int expected) throws IOException {
        if (found != expected) {
            throw new IOException(what + " is " + found + ", where this build has " + expected);
        }
    }
}
