package io.settlegate.gateway.settlement;

/**
 * Which row was found last for a row of another table, for {@link FlatTable#findNear}: a belief, which whoever uses it checks against
 * the key, so that nothing must be told when rows change. Two rows with the same place here forget each other.
 *
 * <p>Owned by the engine's thread. Of fixed size; no part of the state.
 */
final class BelievedRows {
    private static final int SIZE = 4096;

    private final int[] rows = new int[SIZE];

    /** The row that was found for this one, or for another with its place; -1 if none was. */
    int of(final int row) {
        return rows[row & (SIZE - 1)] - 1;
    }

    /** Keeps what was found, and gives it; below 0 is nothing. */
    int keep(final int row, final int found) {
        rows[row & (SIZE - 1)] = found + 1;
        return found;
    }
}
