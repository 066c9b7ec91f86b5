package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.ShownTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A row under work: values by the names of their columns. What has no column is a fault of the program, and so is a value that
 * was set twice.
 *
 * <p>One thread.
 */
final class Row {
    private final List<Column> columns;
    private final Masking masking;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Object[] values;

    Row(final List<Column> columns, final Masking masking) {
        this.columns = columns;
        this.masking = masking;
        this.values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            indexes.put(columns.get(i).name(), i);
        }
    }

    Row number(final String column, final long value) {
        return set(column, Column.Type.INTEGER, value);
    }

    Row time(final String column, final long timeMs) {
        return timeMs == 0 ? this : set(column, Column.Type.TIME, ShownTime.of(timeMs));
    }

    /** An empty text is no value. */
    Row text(final String column, final String value) {
        return value.isEmpty() ? this : set(column, Column.Type.STRING, masking.shown(column, value));
    }

    private Row set(final String name, final Column.Type type, final Object value) {
        final Integer index = indexes.get(name);
        if (index == null || columns.get(index).type() != type || values[index] != null) {
            throw new IllegalStateException("there is no column " + name + " of this type, or it was set before");
        }
        values[index] = value;
        return this;
    }

    /** Writes the row and empties it. */
    void writeTo(final RowSink sink) throws IOException {
        sink.beginRow();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                sink.absent();
            } else if (values[i] instanceof Long number) {
                sink.number(number);
            } else {
                sink.text((String) values[i]);
            }
            values[i] = null;
        }
        sink.endRow();
    }
}
