package io.settlegate.gateway.settlement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of one size in chunks of memory off the heap, found by the key at their beginning through a {@link KeyIndex}. Keeps the
 * hash of its rows, which does not depend on their order. A row is bytes and no object: ten million cost what they hold.
 *
 * <pre>
 * row:  key (keyLength) | rest (rowLength - keyLength)
 * </pre>
 *
 * <p>Owned by the engine's thread. A row is changed between {@link #beginWrite} and {@link #endWrite}, which cannot throw;
 * inserting after {@link #reserve} said that there is room can fail for want of memory only, which is an Error and stops the
 * process. The table grows by a chunk of rows and by a segment of its index, never as a whole.
 *
 * <p>A removed row is zero but for the number of the row that was removed before it, and serves the next insert: last in,
 * first out, so that the same commands give the same rows the same numbers. Rows may name rows of other tables by number.
 */
final class FlatTable {
    private static final int CHUNK_LENGTH = 128 * 1024;
    /** Where a removed row names the next free one, plus 1. Its first byte is 0, as in no key of such a table. */
    private static final int NEXT_FREE = Integer.BYTES;

    /** From some 64 MB on, chunks come by the slab of 4 MB, which the operating system may hold in huge pages. */
    private static final int LARGE_TABLE_CHUNKS = 512;

    private static final int SLAB_CHUNKS = 32;

    private final TableId id;
    private final int keyLength;
    private final int hashedLength;
    private final int rowLength;
    private final int limit;
    private final KeyedHash hash;
    private final int rowShift;
    private final KeyIndex index;
    private UnsafeBuffer[] chunks = new UnsafeBuffer[4];
    /** Where each chunk begins, so that a row is reached without a look at its chunk's buffer. */
    private long[] chunkAddresses = new long[4];

    private int chunkCount;
    private int count;
    /** Of the rows below {@link #count}: the one removed last, plus 1; 0 if none is free. */
    private int firstFree;

    private int freeCount;
    private long hashHigh;
    private long hashLow;
    /** The row written last, or -1, and what it counts: a row that is written twice in a row is hashed once less. */
    private int lastRow = -1;

    private long lastHigh;
    private long lastLow;

    FlatTable(final TableId id, final int keyLength, final int rowLength, final int limit, final KeyedHash hash) {
        this(id, keyLength, rowLength, rowLength, limit, hash);
    }

    /** A table of whose rows only the first {@code hashedLength} bytes are hashed: what is behind them is a way to other rows. */
    FlatTable(
            final TableId id,
            final int keyLength,
            final int hashedLength,
            final int rowLength,
            final int limit,
            final KeyedHash hash) {
        if (limit < 1 || limit > KeyIndex.MAX_ROWS) {
            throw new IllegalArgumentException(
                    "the limit of a table is 1 to " + KeyIndex.MAX_ROWS + " rows, not " + limit);
        }
        this.id = id;
        this.hashedLength = hashedLength;
        this.keyLength = keyLength;
        this.rowLength = rowLength;
        this.limit = limit;
        this.hash = hash;
        this.rowShift = 31 - Integer.numberOfLeadingZeros(Math.min(CHUNK_LENGTH / rowLength, limit));
        this.index = new KeyIndex(this, 0, keyLength, hash);
    }

    /** Rows that hold something. They have the numbers below this as long as none was removed. */
    int count() {
        return count - freeCount;
    }

    /** The number above the highest that a row ever had since the table was cleared. */
    int end() {
        return count;
    }

    /** Whether the row was removed and serves no insert yet. */
    boolean isFree(final int row) {
        return freeCount > 0 && getByte(row, 0) == 0;
    }

    TableId id() {
        return id;
    }

    int keyLength() {
        return keyLength;
    }

    int rowLength() {
        return rowLength;
    }

    /** The most rows. */
    int limit() {
        return limit;
    }

    /** The row that was removed last and is still free, plus 1; 0 if none is free. */
    int firstFree() {
        return firstFree;
    }

    /** How many rows below {@link #end} are free. */
    int freeCount() {
        return freeCount;
    }

    long hashHigh() {
        return hashHigh;
    }

    long hashLow() {
        return hashLow;
    }

    /** The row of this key, or -1. */
    int find(final DirectBuffer key, final int offset) {
        return index.find(key, offset);
    }

    /** The row that this key probably has, or -1; {@link #find} decides. The memory it is read from is on its way then. */
    int probable(final DirectBuffer key, final int offset) {
        key.boundsCheck(offset, keyLength);
        return index.probable(key.byteArray(), key.addressOffset() + offset);
    }

    /** Brings a row into the cache, beginning and end; what it gives says nothing. */
    long touch(final int row) {
        return Words.get(null, address(row)) + Words.get(null, address(row) + rowLength - Long.BYTES);
    }

    UnsafeBuffer buffer(final int row) {
        return chunks[row >>> rowShift];
    }

    int offset(final int row) {
        return (row & ((1 << rowShift) - 1)) * rowLength;
    }

    /** Where the row begins, off the heap: for {@link Words}, within the row's length, of a row that there is. */
    long address(final int row) {
        return chunkAddresses[row >>> rowShift] + offset(row);
    }

    long getLong(final int row, final int field) {
        return buffer(row).getLong(offset(row) + field);
    }

    int getInt(final int row, final int field) {
        return buffer(row).getInt(offset(row) + field);
    }

    /** An unsigned number of two bytes. */
    int getShort(final int row, final int field) {
        return buffer(row).getShort(offset(row) + field) & 0xFFFF;
    }

    byte getByte(final int row, final int field) {
        return buffer(row).getByte(offset(row) + field);
    }

    void putLong(final int row, final int field, final long value) {
        buffer(row).putLong(offset(row) + field, value);
    }

    void putInt(final int row, final int field, final int value) {
        buffer(row).putInt(offset(row) + field, value);
    }

    void putShort(final int row, final int field, final int value) {
        buffer(row).putShort(offset(row) + field, (short) value);
    }

    void putByte(final int row, final int field, final byte value) {
        buffer(row).putByte(offset(row) + field, value);
    }

    void putBytes(final int row, final int field, final DirectBuffer source, final int offset, final int length) {
        Fields.copy(source, offset, buffer(row), offset(row) + field, length);
    }

    /** Makes room for so many more rows; false if the limit forbids it. */
    boolean reserve(final int rows) {
        if ((long) count - freeCount + rows > limit) {
            return false;
        }
        final long added = Math.max(0, rows - freeCount);
        final int needed = (int) ((count + added + (1L << rowShift) - 1) >>> rowShift);
        while (chunkCount < needed) {
            addChunks();
        }
        return true;
    }

    /** One chunk, or in a large table as many as make a slab. */
    private void addChunks() {
        final int chunkLength = rowLength << rowShift;
        final int more = chunkCount < LARGE_TABLE_CHUNKS ? 1 : SLAB_CHUNKS;
        if (chunkCount + more > chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
            chunkAddresses = Arrays.copyOf(chunkAddresses, chunks.length);
        }
        final ByteBuffer memory = ByteBuffer.allocateDirect(chunkLength * more);
        for (int i = 0; i < more; i++) {
            chunks[chunkCount] = new UnsafeBuffer(memory, i * chunkLength, chunkLength);
            chunkAddresses[chunkCount] = chunks[chunkCount].addressOffset();
            chunkCount++;
        }
    }

    /** Adds a zeroed row that has this key; the caller fills it and then calls {@link #endWrite}. */
    int insert(final DirectBuffer key, final int offset, final int keyLength) {
        final int row = takeRow();
        Words.clear(null, address(row), rowLength);
        putBytes(row, 0, key, offset, keyLength);
        index.put(row);
        return row;
    }

    private int takeRow() {
        if (freeCount == 0) {
            count++;
            return count - 1;
        }
        final int row = firstFree - 1;
        firstFree = getInt(row, NEXT_FREE);
        freeCount--;
        return row;
    }

    /** Takes a written row out of hash and index and frees it. Keys of such a table never begin with 0. */
    void remove(final int row) {
        beginWrite(row);
        index.remove(row);
        buffer(row).setMemory(offset(row), rowLength, (byte) 0);
        putInt(row, NEXT_FREE, firstFree);
        firstFree = row + 1;
        freeCount++;
    }

    /** Takes the row out of the hash. */
    void beginWrite(final int row) {
        if (row != lastRow) {
            hashRow(row);
            lastHigh = hash.high();
            lastLow = hash.low();
        }
        lastRow = -1;
        hashHigh -= lastHigh;
        hashLow -= lastLow;
    }

    /** Puts the row into the hash. */
    void endWrite(final int row) {
        hashRow(row);
        lastRow = row;
        lastHigh = hash.high();
        lastLow = hash.low();
        hashHigh += lastHigh;
        hashLow += lastLow;
    }

    /** Drops all rows, keeps the memory. */
    void clear() {
        count = 0;
        firstFree = 0;
        freeCount = 0;
        lastRow = -1;
        hashHigh = 0;
        hashLow = 0;
        index.clear();
    }

    /**
     * The memory of the rows from this one on that stand side by side, up to {@code end}; all of it was reserved. For reading and
     * writing rows in bulk: from row 0 on, and then from where the piece before ended.
     */
    ByteBuffer bulk(final int from, final int end) {
        final UnsafeBuffer chunk = buffer(from);
        final int first = chunk.wrapAdjustment() + offset(from);
        final int rows = Math.min(end - from, (1 << rowShift) - (from & ((1 << rowShift) - 1)));
        return chunk.byteBuffer().duplicate().position(first).limit(first + rows * rowLength);
    }

    /**
     * Takes what was written to the memory of the rows below {@code end} as the rows of this table, which is empty: finds
     * those that are free, hashes the others, and puts them into the index.
     *
     * @throws IOException if they cannot be a table's rows; the table then holds nothing of use.
     */
    void restore(final int end, final int newestFree, final int free) throws IOException {
        count = end;
        firstFree = newestFree;
        freeCount = free;
        checkFree();
        index.presize(end - free);
        int seen = 0;
        for (int row = 0; row < end; row++) {
            if (isFree(row)) {
                seen++;
                continue;
            }
            if (!index.putDistinct(row)) {
                throw new IOException("row " + row + " has the key of an earlier row");
            }
            hashRow(row);
            hashHigh += hash.high();
            hashLow += hash.low();
        }
        if (seen != free) {
            throw new IOException("of the rows, " + seen + " are free, where " + free + " were said to be");
        }
    }

    /** A chain that ends after as many rows as are free passes none of them twice. */
    private void checkFree() throws IOException {
        int next = firstFree;
        for (int i = 0; i < freeCount; i++) {
            if (next < 1 || next > count || !isFree(next - 1)) {
                throw new IOException("the free rows are no chain: the one after " + i + " is " + (next - 1));
            }
            next = getInt(next - 1, NEXT_FREE);
        }
        if (next != 0) {
            throw new IOException("the chain of free rows does not end after " + freeCount);
        }
    }

    /** Memory held by rows and index, used or not. */
    long bytes() {
        return ((long) chunkCount << rowShift) * rowLength + index.bytes();
    }

    /** The same as {@link #hashHigh()}, from nothing. */
    long recomputeHigh() {
        long sum = 0;
        for (int row = 0; row < count; row++) {
            if (!isFree(row)) {
                hashRow(row);
                sum += hash.high();
            }
        }
        return sum;
    }

    /** The same as {@link #hashLow()}, from nothing. */
    long recomputeLow() {
        long sum = 0;
        for (int row = 0; row < count; row++) {
            if (!isFree(row)) {
                hashRow(row);
                sum += hash.low();
            }
        }
        return sum;
    }

    private void hashRow(final int row) {
        hash.begin(id.number).bytes(null, address(row), hashedLength);
    }
}
