package io.settlegate.gateway.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of an import in two passes: the first checks every column of every row and that no key comes twice, the
 * second, only if all were good, makes acts. No file is held as a whole; of each key the first pass holds a hash while its
 * file is read. References between rows are the engine's to check, at the commit of each part.
 *
 * <p>One thread. Blocks on the disk. Faults of the files are in the report; an unreadable disk throws IOException.
 */
public final class ImportFiles {
    private final Map<ImportFile, Path> files;
    private final PolicyImport policies;

    /** Takes the files by themselves. One that is not named has no rows. */
    public ImportFiles(final Map<ImportFile, Path> files, final List<Path> policies) {
        this.files = new EnumMap<>(ImportFile.class);
        this.files.putAll(files);
        this.policies = new PolicyImport(policies);
    }

    /** Takes every file in a directory that has the usual name of one, and every policy file of its directory policies. */
    public ImportFiles(final Path directory) throws IOException {
        files = new EnumMap<>(ImportFile.class);
        for (final ImportFile file : ImportFile.values()) {
            final Path path = directory.resolve(file.fileName());
            if (Files.exists(path)) {
                files.put(file, path);
            }
        }
        policies = PolicyImport.of(directory);
    }

    /** Writes the import to {@code acts} if all files are good; else writes nothing. A file that is not there has no rows. */
    public ImportReport load(final ImportActs acts) throws IOException {
        final ProblemList problems = new ProblemList();
        final BatchRows batches = new BatchRows(problems);
        final long checkedCount = check(problems, batches);
        policies.read(problems);
        if (problems.count() == 0 && checkedCount == 0 && policies.isEmpty()) {
            problems.add("-", 0, "-", "there are no rows to import; name at least one file");
        }
        if (problems.count() > 0) {
            return problems.report(0);
        }
        for (final Map.Entry<ImportFile, Path> entry : files.entrySet()) {
            final ImportFile file = entry.getKey();
            if (file == ImportFile.ALLOCATIONS) {
                CsvRows.read(
                        file,
                        entry.getValue(),
                        problems,
                        (line, row) -> acts.allocation(line, row, batches.count(row[0])));
            } else {
                CsvRows.read(file, entry.getValue(), problems, (line, row) -> acts.row(file, line, row));
            }
        }
        final long policyRows = policies.send(acts);
        acts.commit();
        if (problems.count() > 0 || acts.rowCount() != checkedCount + policyRows) {
            throw new IOException("a file of the import changed between its check and its import; import it again");
        }
        return problems.report(acts.rowCount());
    }

    private long check(final ProblemList problems, final BatchRows batches) throws IOException {
        final RowCheck check = new RowCheck(problems);
        final RepeatedKeys repeated = new RepeatedKeys(problems);
        final long[] rowCount = new long[1];
        for (final Map.Entry<ImportFile, Path> entry : files.entrySet()) {
            final ImportFile file = entry.getKey();
            final TermPeriods periods = new TermPeriods(problems);
            repeated.start(file);
            CsvRows.read(file, entry.getValue(), problems, (line, row) -> {
                check.check(file, line, row);
                repeated.add(line, row);
                if (file == ImportFile.ALLOCATIONS) {
                    batches.add(line, row[0]);
                } else if (file == ImportFile.ITEM_TERMS) {
                    periods.add(line, row);
                }
                rowCount[0]++;
            });
            repeated.end();
            if (repeated.hasSuspects()) {
                CsvRows.read(file, entry.getValue(), new ProblemList(), repeated::confirm);
            }
            periods.end();
            if (periods.hasSuspects()) {
                CsvRows.read(file, entry.getValue(), new ProblemList(), periods::confirm);
            }
        }
        batches.end();
        return rowCount[0];
    }
}
