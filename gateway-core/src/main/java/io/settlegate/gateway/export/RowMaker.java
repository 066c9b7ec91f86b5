package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.filter.RecordParts;
import java.io.IOException;
import java.util.List;

/** Makes the rows of one kind from records. One thread; keeps nothing from one record to the next. */
interface RowMaker {
    /** In their order. */
    List<Column> columns();

    /**
     * Writes the rows of a command's record.
     *
     * @param row with these columns, empty.
     * @return how many rows.
     */
    int write(RecordParts parts, Row row, RowSink sink) throws IOException;
}
