package io.settlegate.gateway.reconciliation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file with rows that cannot be compared: nothing was. */
public final class BadStatementException extends IOException {
    private static final long serialVersionUID = 1L;

    BadStatementException(final Path file, final List<BadRow> rows, final long count) {
        super(message(file, rows, count));
    }

    private static String message(final Path file, final List<BadRow> rows, final long count) {
        final StringBuilder text = new StringBuilder()
                .append(file)
                .append(": ")
                .append(count)
                .append(count == 1 ? " fault" : " faults")
                .append("; nothing was compared");
        for (final BadRow row : rows) {
            text.append(System.lineSeparator())
                    .append("  line ")
                    .append(row.line())
                    .append(", ")
                    .append(row.column())
                    .append(": ")
                    .append(row.why())
                    .append("; ")
                    .append(row.remedy());
        }
        if (count > rows.size()) {
            text.append(System.lineSeparator())
                    .append("  and ")
                    .append(count - rows.size())
                    .append(" more");
        }
        return text.toString();
    }
}
