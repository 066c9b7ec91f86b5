package io.settlegate.gateway.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Rows as RFC 4180 says: UTF-8, comma, CRLF, quoted where it is needed. No value is an empty cell. One thread. */
final class CsvSink implements RowSink {
    private static final CsvFactory FACTORY = CsvFactory.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private final List<Column> columns;
    private final CsvGenerator generator;

    CsvSink(final List<Column> columns, final OutputStream out) throws IOException {
        this.columns = columns;
        this.generator = FACTORY.createGenerator(out);
        generator.enable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        final CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
        columns.forEach(column -> schema.addColumn(column.name()));
        generator.setSchema(schema.build());
    }

    @Override
    public void head() throws IOException {
        beginRow();
        for (final Column column : columns) {
            text(column.name());
        }
        endRow();
    }

    @Override
    public void beginRow() throws IOException {
        generator.writeStartArray();
    }

    @Override
    public void number(final long value) throws IOException {
        generator.writeNumber(value);
    }

    @Override
    public void text(final String value) throws IOException {
        generator.writeString(value);
    }

    @Override
    public void absent() throws IOException {
        generator.writeNull();
    }

    @Override
    public void endRow() throws IOException {
        generator.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
