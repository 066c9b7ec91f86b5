package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBook;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The versions of every pooling region's policy: compiled on the heap, where the computation reads them, and as rows that put
 * them into the state's hash, digest of their bytes included, so that the hash covers what the policies say.
 *
 * <pre>
 * row:  pooling region 6 | version i32 | 0 6 | from day i64 | to day i64 | digest 16
 * </pre>
 *
 * <p>Owned by the engine's thread. Looking up allocates nothing: a binary search for the region, then its few versions. A version
 * once here never changes and never goes. Adding allocates; it cannot fail after {@link #reserve} said that there is room and the
 * book was made.
 */
final class PolicyShelf {
    private final KeyedHash hash;
    private final FlatTable table;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.POLICY_VERSION_KEY]);
    /** Sorted; the books stand at the same places. */
    private int[] poolareas = new int[0];

    private PolicyBook[] books = new PolicyBook[0];

    /** @param limit the most versions of all regions together. */
    PolicyShelf(final int limit, final KeyedHash hash) {
        this.hash = hash;
        table = new FlatTable(
                TableId.POLICY_VERSIONS, Rows.POLICY_VERSION_KEY, Rows.POLICY_VERSION_LENGTH, limit, hash);
    }

    /** The policy of a pooling region (six digits) on a day counted from 1970-01-01, UTC+08:00; null if there is none. */
    Policy on(final DirectBuffer poolarea, final int offset, final long epochDay) {
        final PolicyBook book = book(poolarea, offset);
        return book == null ? null : book.on(epochDay);
    }

    /** This version of a pooling region's policy, for what was settled under it; null if there is none. */
    Policy version(final DirectBuffer poolarea, final int offset, final int version) {
        final PolicyBook book = book(poolarea, offset);
        return book == null ? null : book.version(version);
    }

    /** All versions of a pooling region, given as a number, the oldest first. */
    List<Policy> versions(final int poolarea) {
        final int found = Arrays.binarySearch(poolareas, poolarea);
        return found < 0 ? List.of() : books[found].versions();
    }

    /** The rows that count in the state's hash. */
    FlatTable table() {
        return table;
    }

    /** Makes room for so many more versions; false if the limit forbids it. */
    boolean reserve(final int versions) {
        return table.reserve(versions);
    }

    /** Writes the row of a version that is new. Its region's book follows by {@link #put}. */
    void addRow(final Policy policy, final byte[] bytes) {
        final UnsafeBuffer digested = new UnsafeBuffer(bytes);
        Fields.putText(key, 0, Rows.REGION_KEY, policy.definition().region());
        key.putInt(Rows.POLICY_VERSION_NUMBER, policy.version(), ByteOrder.LITTLE_ENDIAN);
        final int row = table.insert(key, 0, Rows.POLICY_VERSION_KEY);
        table.putLong(
                row,
                Rows.POLICY_VERSION_FROM_DAY,
                policy.definition().effectiveFrom().toEpochDay());
        table.putLong(
                row,
                Rows.POLICY_VERSION_TO_DAY,
                policy.definition().effectiveTo().toEpochDay());
        hash.begin(TableId.POLICY_VERSIONS.number).bytes(digested, 0, bytes.length);
        table.putLong(row, Rows.POLICY_VERSION_DIGEST_HIGH, hash.high());
        table.putLong(row, Rows.POLICY_VERSION_DIGEST_LOW, hash.low());
        table.endWrite(row);
    }

    /** Whether these are the bytes whose digest the row has. */
    boolean isDigest(final int row, final byte[] bytes) {
        hash.begin(TableId.POLICY_VERSIONS.number).bytes(new UnsafeBuffer(bytes), 0, bytes.length);
        return table.getLong(row, Rows.POLICY_VERSION_DIGEST_HIGH) == hash.high()
                && table.getLong(row, Rows.POLICY_VERSION_DIGEST_LOW) == hash.low();
    }

    /** Whether the row is the one that {@link #addRow} writes for this policy. */
    boolean isRowOf(final int row, final Policy policy) {
        final PolicyDefinition definition = policy.definition();
        return Fields.isDigits(table.buffer(row), table.offset(row), Rows.REGION_KEY)
                && Fields.holds(table.buffer(row), table.offset(row), Rows.REGION_KEY, definition.region())
                && table.getInt(row, Rows.POLICY_VERSION_NUMBER) == policy.version()
                && table.getLong(row, Rows.POLICY_VERSION_FROM_DAY)
                        == definition.effectiveFrom().toEpochDay()
                && table.getLong(row, Rows.POLICY_VERSION_TO_DAY)
                        == definition.effectiveTo().toEpochDay();
    }

    /** Makes the versions of a pooling region those of this book. */
    void put(final int poolarea, final PolicyBook book) {
        final int found = Arrays.binarySearch(poolareas, poolarea);
        if (found >= 0) {
            books[found] = book;
            return;
        }
        final int at = -found - 1;
        final int rest = poolareas.length - at;
        final int[] moreAreas = Arrays.copyOf(poolareas, poolareas.length + 1);
        final PolicyBook[] moreBooks = Arrays.copyOf(books, books.length + 1);
        System.arraycopy(poolareas, at, moreAreas, at + 1, rest);
        System.arraycopy(books, at, moreBooks, at + 1, rest);
        moreAreas[at] = poolarea;
        moreBooks[at] = book;
        poolareas = moreAreas;
        books = moreBooks;
    }

    private PolicyBook book(final DirectBuffer poolarea, final int offset) {
        if (!Fields.isDigits(poolarea, offset, Rows.REGION_KEY)) {
            return null;
        }
        final int found = Arrays.binarySearch(poolareas, Fields.number(poolarea, offset, Rows.REGION_KEY));
        return found < 0 ? null : books[found];
    }
}
