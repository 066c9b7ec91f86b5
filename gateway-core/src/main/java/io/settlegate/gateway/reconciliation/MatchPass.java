package io.settlegate.gateway.reconciliation;

/** By what rows of different books are brought together, one after the other. What one pass leaves, the next one tries. */
enum MatchPass {
    /** Of a reversal, which has no setl_id, the one of what it undid. */
    SETL_ID {
        @Override
        String of(final Row row) {
            return row.setlId().isEmpty() ? row.undoesSetlId() : row.setlId();
        }
    },
    MSGID {
        @Override
        String of(final Row row) {
            return row.msgid();
        }
    },
    /** A refund that a file has under the setl_id of what it undid. */
    UNDONE_SETL_ID {
        @Override
        String of(final Row row) {
            return row.isRefund() ? row.book() == Book.GATEWAY ? row.undoesSetlId() : row.setlId() : "";
        }
    },
    /** Or under its msgid. */
    UNDONE_MSGID {
        @Override
        String of(final Row row) {
            return row.isRefund() ? row.book() == Book.GATEWAY ? row.undoesMsgid() : row.msgid() : "";
        }
    };

    static final int COUNT = values().length;

    /** Empty where the row has none. */
    abstract String of(Row row);

    /** Empty where the group has none. Settlements and refunds are never brought together. */
    String keyOf(final Group group) {
        for (final Book book : Book.values()) {
            final String text = group.has(book) ? of(group.row(book)) : "";
            if (!text.isEmpty()) {
                return (group.row(book).isRefund() ? "1" : "0") + text;
            }
        }
        return "";
    }
}
