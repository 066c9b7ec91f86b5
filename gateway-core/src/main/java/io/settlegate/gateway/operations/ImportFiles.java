package io.settlegate.gateway.operations;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of an import in two passes: the first checks every column of every row, the second, only if all were good,
 * makes acts. Memory is bounded: no file is held as a whole. References between rows are the engine's to check, at the commit.
 *
 * <p>One thread. Blocks on the disk. Faults of the files are in the report; an unreadable disk throws IOException.
 */
public final class ImportFiles {
    private static final ObjectReader ROWS = new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);

    private final Map<ImportFile, Path> files;
    private final Path policy;
    private long rowCount;

    /** Takes the files by themselves. One that is not named has no rows. @param policy a benefit policy, or null. */
    public ImportFiles(final Map<ImportFile, Path> files, final Path policy) {
        this.files = new EnumMap<>(ImportFile.class);
        this.files.putAll(files);
        this.policy = policy;
    }

    /** Takes every file in a directory that has the usual name of one. */
    public ImportFiles(final Path directory) {
        files = new EnumMap<>(ImportFile.class);
        for (final ImportFile file : ImportFile.values()) {
            final Path path = directory.resolve(file.fileName());
            if (Files.exists(path)) {
                files.put(file, path);
            }
        }
        final Path policyPath = directory.resolve(PolicyFile.NAME);
        policy = Files.exists(policyPath) ? policyPath : null;
    }

    /** Writes the import to {@code acts} if all files are good; else writes nothing. A file that is not there has no rows. */
    public ImportReport load(final ImportActs acts) throws IOException {
        final ProblemList problems = new ProblemList();
        final RowCheck check = new RowCheck(problems);
        rowCount = 0;
        for (final ImportFile file : ImportFile.values()) {
            read(file, problems, check::check);
        }
        final Policy rules = policy == null ? null : new PolicyFile(problems).read(policy);
        if (problems.count() == 0 && rowCount == 0 && rules == null) {
            problems.add("-", 0, "-", "there are no rows to import; name at least one file");
        }
        if (problems.count() > 0) {
            return problems.report(0);
        }
        acts.begin();
        for (final ImportFile file : ImportFile.values()) {
            if (file == ImportFile.ALLOCATIONS && rules != null) {
                acts.policy(rules);
            }
            read(file, problems, (which, line, row) -> acts.row(which, row));
            acts.flush();
        }
        acts.commit();
        return problems.report(acts.rowCount());
    }

    private void read(final ImportFile file, final ProblemList problems, final RowTaker taker) throws IOException {
        final Path path = files.get(file);
        if (path == null) {
            return;
        }
        try (Reader reader = Files.newBufferedReader(path);
                MappingIterator<String[]> rows = ROWS.readValues(reader)) {
            final List<String> head = rows.hasNextValue() ? Arrays.asList(rows.nextValue()) : List.of();
            if (!head.equals(file.columns()) && !head.equals(file.leastColumns())) {
                problems.add(file.fileName(), 1, "-", "the first line must be " + String.join(",", file.columns()));
                return;
            }
            while (rows.hasNextValue()) {
                // Before its first value a row's token still stands at the end of the line before.
                final String[] row = complete(rows.nextValue(), head.size(), file);
                final long line = rows.getParser().currentTokenLocation().getLineNr();
                taker.take(file, line, row);
                rowCount++;
            }
        } catch (final java.nio.charset.CharacterCodingException e) {
            problems.add(file.fileName(), 0, "-", "is not UTF-8");
        } catch (final com.fasterxml.jackson.core.JsonProcessingException e) {
            problems.add(
                    file.fileName(),
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    "-",
                    "is no CSV");
        }
    }

    /** The row with an empty field for each column that its file does without. */
    private static String[] complete(final String[] row, final int columns, final ImportFile file) {
        if (row.length != columns || columns == file.columns().size()) {
            return row;
        }
        final String[] complete = Arrays.copyOf(row, file.columns().size());
        Arrays.fill(complete, columns, complete.length, "");
        return complete;
    }

    /** What is done with each row. */
    @FunctionalInterface
    private interface RowTaker {
        void take(ImportFile file, long line, String[] row);
    }
}
