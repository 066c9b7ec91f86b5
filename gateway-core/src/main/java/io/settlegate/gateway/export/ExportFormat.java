package io.settlegate.gateway.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** How rows are written. */
public enum ExportFormat {
    CSV {
        @Override
        RowSink open(final List<Column> columns, final OutputStream out) throws IOException {
            return new CsvSink(columns, out);
        }
    },
    JSONL {
        @Override
        RowSink open(final List<Column> columns, final OutputStream out) throws IOException {
            return new JsonLinesSink(columns, out);
        }
    };

    abstract RowSink open(List<Column> columns, OutputStream out) throws IOException;

    /** In options, the manifest, and names of files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
