package io.settlegate.gateway.reconciliation;

/** What the books have of one settlement or one refund: at most one row each. One thread. */
final class Group {
    private final Row[] rows = new Row[Book.COUNT];

    static Group of(final Row row) {
        final Group group = new Group();
        group.rows[row.book().ordinal()] = row;
        return group;
    }

    Row row(final Book book) {
        return rows[book.ordinal()];
    }

    void put(final Row row) {
        rows[row.book().ordinal()] = row;
    }

    boolean has(final Book book) {
        return rows[book.ordinal()] != null;
    }

    /** The row by which the group is known: the gateway's, else the hospital's, else the bureau's. */
    Row leading() {
        for (final Row row : rows) {
            if (row != null) {
                return row;
            }
        }
        throw new IllegalStateException("a group has a row");
    }

    /** In which books it stands, such as {@code GH}. */
    String books() {
        final StringBuilder books = new StringBuilder();
        for (final Book book : Book.values()) {
            if (has(book)) {
                books.append(book.letter());
            }
        }
        return books.toString();
    }
}
