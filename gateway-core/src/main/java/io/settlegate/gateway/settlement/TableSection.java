package io.settlegate.gateway.settlement;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

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
            final ByteBuffer rows = bulk(table, row, table.end());
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
            final ByteBuffer rows = bulk(table, row, end);
            row += rows.remaining() / table.rowLength();
            in.fill(rows);
        }
        table.takeRows(end, firstFree, freeCount);
        checkFree(table);
        restore(table);
        if (table.hashHigh() != hashHigh || table.hashLow() != hashLow) {
            throw new IOException("the hash of its " + end + " rows is not the one that was written with them");
        }
        return day;
    }

    /** The memory of the rows that stand side by side from this one on, which is the first of a chunk. */
    private static ByteBuffer bulk(final FlatTable table, final int from, final int end) {
        final UnsafeBuffer chunk = table.buffer(from);
        final int length = (int) Math.min(chunk.capacity(), (long) (end - from) * table.rowLength());
        final int first = chunk.wrapAdjustment();
        return chunk.byteBuffer().duplicate().position(first).limit(first + length);
    }

    /** A chain that ends after as many rows as are free passes none of them twice. */
    private static void checkFree(final FlatTable table) throws IOException {
        int next = table.firstFree();
        for (int i = 0; i < table.freeCount(); i++) {
            if (next < 1 || next > table.end() || !table.isFree(next - 1)) {
                throw new IOException("the free rows are no chain: the one after " + i + " is " + (next - 1));
            }
            next = table.nextFree(next - 1);
        }
        if (next != 0) {
            throw new IOException("the chain of free rows does not end after " + table.freeCount());
        }
    }

    private static void restore(final FlatTable table) throws IOException {
        int free = 0;
        for (int row = 0; row < table.end(); row++) {
            if (table.isFree(row)) {
                free++;
            } else if (!table.restore(row)) {
                throw new IOException("row " + row + " has the key of an earlier row, or one that had to come before");
            }
        }
        if (free != table.freeCount()) {
            throw new IOException(
                    "of the rows, " + free + " are free, where " + table.freeCount() + " were said to be");
        }
    }

    private static void expect(final String what, final int found, final int expected) throws IOException {
        if (found != expected) {
            throw new IOException(what + " is " + found + ", where this build has " + expected);
        }
    }
}
