package io.settlegate.gateway.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Rows as JSON objects, a line each, with every column in its order; no value is null. One thread. */
final class JsonLinesSink implements RowSink {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final List<Column> columns;
    private final JsonGenerator generator;
    private final OutputStream out;
    private int index;

    JsonLinesSink(final List<Column> columns, final OutputStream out) throws IOException {
        this.columns = columns;
        this.out = out;
        this.generator = FACTORY.createGenerator(out);
        // What stands between two objects is written at the end of each, so that the last line ends too.
        generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void head() {
        // The names stand in every row.
    }

    @Override
    public void beginRow() throws IOException {
        generator.writeStartObject();
        index = 0;
    }

    private void name() throws IOException {
        generator.writeFieldName(columns.get(index).name());
        index++;
    }

    @Override
    public void number(final long value) throws IOException {
        name();
        generator.writeNumber(value);
    }

    @Override
    public void text(final String value) throws IOException {
        name();
        generator.writeString(value);
    }

    @Override
    public void absent() throws IOException {
        name();
        generator.writeNull();
    }

    @Override
    public void endRow() throws IOException {
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        generator.close();
        out.close();
    }
}
