package io.settlegate.gateway.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one CSV file row by row; never holds more than one. A column that a file may do without is there as an empty cell.
 *
 * <p>Stateless. Blocks on the disk. Faults of the file's form go to the list of problems; an unreadable disk throws IOException.
 */
final class CsvRows {
    private static final ObjectReader ROWS = new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);

    private CsvRows() {}

    static void read(final ImportFile file, final Path path, final ProblemList problems, final RowTaker taker)
            throws IOException {
        try (Reader reader = Files.newBufferedReader(path);
                MappingIterator<String[]> rows = ROWS.readValues(reader)) {
            final List<String> head = rows.hasNextValue() ? Arrays.asList(rows.nextValue()) : List.of();
            if (!head.equals(file.columns()) && !head.equals(file.leastColumns())) {
                problems.add(file.fileName(), 1, "-", "the first line must be " + String.join(",", file.columns()));
                return;
            }
            while (rows.hasNextValue()) {
                // Before its first value a row's token still stands at the end of the line before.
                final String[] row = rows.nextValue();
                final long line = rows.getParser().currentTokenLocation().getLineNr();
                if (row.length == head.size()) {
                    taker.take(line, complete(row, file));
                } else {
                    problems.add(
                            file.fileName(), line, "-", "must have " + head.size() + " columns, has " + row.length);
                }
            }
        } catch (final CharacterCodingException e) {
            problems.add(file.fileName(), 0, "-", "is not UTF-8");
        } catch (final JsonProcessingException e) {
            final long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add(file.fileName(), line, "-", "is no CSV");
        }
    }

    private static String[] complete(final String[] row, final ImportFile file) {
        if (row.length == file.columns().size()) {
            return row;
        }
        final String[] complete = Arrays.copyOf(row, file.columns().size());
        Arrays.fill(complete, row.length, complete.length, "");
        return complete;
    }

    /** What is done with each row. */
    @FunctionalInterface
    interface RowTaker {
        void take(long line, String[] row);
    }
}
