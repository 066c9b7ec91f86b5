package io.settlegate.protocol.crypto.sm2;

/**
 * Sums up points of comb tables: one comb (k G), or two that share the doublings (s G + t P).
 *
 * <p>One thread. The result may be degenerate, see {@link XyzzPoint}.
 */
final class CombMultiplier {
    final long[] x = Sm2Field.element();
    final long[] y = Sm2Field.element();

    /** sum = scalar * point of {@code table}. */
    void multiply(final XyzzPoint sum, final CombShape shape, final int[] digits, final long[] table) {
        for (int column = 0; column < shape.spacing(); column++) {
            if (column > 0) {
                sum.twice();
            }
            addColumn(sum, shape, digits, table, 0, column, column == 0);
        }
    }

    /** sum = first scalar * point of the first table + second scalar * point of the second; first.spacing >= second.spacing. */
    void multiply(
            final XyzzPoint sum,
            final CombShape first,
            final int[] firstDigits,
            final long[] firstTable,
            final int firstOffset,
            final CombShape second,
            final int[] secondDigits,
            final long[] secondTable,
            final int secondOffset) {
        final int lead = first.spacing() - second.spacing();
        for (int column = 0; column < first.spacing(); column++) {
            if (column > 0) {
                sum.twice();
            }
            addColumn(sum, first, firstDigits, firstTable, firstOffset, column, column == 0);
            if (column >= lead) {
                addColumn(sum, second, secondDigits, secondTable, secondOffset, column - lead, false);
            }
        }
    }

    /** Adds the points of one column; the very first point is taken and not added. */
    private void addColumn(
            final XyzzPoint sum,
            final CombShape shape,
            final int[] digits,
            final long[] table,
            final int tableOffset,
            final int column,
            final boolean starts) {
        for (int i = 0; i < shape.tables(); i++) {
            load(shape, digits, table, tableOffset, column, i);
            if (starts && i == 0) {
                sum.set(x, y);
            } else {
                sum.add(x, y);
            }
        }
    }

    /** Reads a column's point of one table, signed, into x and y. */
    void load(
            final CombShape shape,
            final int[] digits,
            final long[] table,
            final int tableOffset,
            final int column,
            final int index) {
        final int digit = digits[column * shape.tables() + index];
        final int offset = tableOffset + (index * shape.tableSize() + (digit >>> 1)) * PackedPoints.POINT_WORDS;
        PackedPoints.unpack(x, table, offset);
        PackedPoints.unpack(y, table, offset + PackedPoints.COORDINATE_WORDS);
        Sm2Field.negateIf(y, y, -(digit & 1));
    }
}
