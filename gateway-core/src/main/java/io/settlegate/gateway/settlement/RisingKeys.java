package io.settlegate.gateway.settlement;

/**
 * Keys of a {@link FlatTable} whose rows come in the order of a number: no index finds them, a search halves the rows.
 *
 * <pre>
 * key:  1 u8 | number i64, above that of the row before
 * </pre>
 *
 * <p>Stateless; allocates nothing.
 */
final class RisingKeys {
    private static final int NUMBER = 1;

    private RisingKeys() {}

    /** Where the number stands in a key. */
    static int numberIn(final int keyOffset) {
        return keyOffset + NUMBER;
    }

    static void put(final FlatTable table, final int row, final long number) {
        table.putByte(row, 0, (byte) 1);
        table.putLong(row, NUMBER, number);
    }

    /** Whether the row's number is above that of the row before it. */
    static boolean rises(final FlatTable table, final int row) {
        return row == 0 || table.getLong(row, NUMBER) > table.getLong(row - 1, NUMBER);
    }

    /** The row of this number, or -1. */
    static int find(final FlatTable table, final long number) {
        int low = 0;
        int high = table.end() - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            final long found = table.getLong(middle, NUMBER);
            if (found == number) {
                return middle;
            }
            if (found < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
