package io.settlegate.gateway.export;

import java.io.Closeable;
import java.io.IOException;

/** Takes rows, value by value in the order of the columns. One thread; blocks on the disk. */
interface RowSink extends Closeable {
    /** Writes what stands before the first row of all parts. */
    void head() throws IOException;

    void beginRow() throws IOException;

    void number(long value) throws IOException;

    void text(String value) throws IOException;

    /** There is no value. */
    void absent() throws IOException;

    void endRow() throws IOException;

    /** Hands all rows to the file. */
    @Override
    void close() throws IOException;
}
