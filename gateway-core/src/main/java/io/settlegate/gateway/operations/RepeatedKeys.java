package io.settlegate.gateway.operations;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds keys that come twice in one file, in two steps. While the file is checked, each key leaves a hash of 64 bits; a hash
 * that was there already is suspected. If there are suspects, the file is read once more, to name the earlier line, and to
 * clear those that only share a hash.
 *
 * <p>One thread, one file at a time. Holds 11 to 23 bytes for each key of the file, and the keys of the first hundred suspects.
 */
final class RepeatedKeys {
    /** Rows of one file, which bounds the memory. */
    static final int MAX_ROWS = 30_000_000;

    private static final int[][] FIRST_COLUMN = {{0}};

    private final ProblemList problems;
    private final long hashKey = new SecureRandom().nextLong();
    private final List<Suspect> suspects = new ArrayList<>();
    private ImportFile file = ImportFile.REGIONS;
    private int[][] keys = FIRST_COLUMN;
    private HashedKeys[] seen = {};

    RepeatedKeys(final ProblemList problems) {
        this.problems = problems;
    }

    void start(final ImportFile ofFile) {
        file = ofFile;
        keys = switch (ofFile) {
            // The person's number, the certificate, the card.
            case PERSONS -> new int[][] {{0}, {2, 3}, {8}};
            case ALLOCATIONS -> new int[][] {{0, 1}};
            case ITEM_TERMS -> new int[][] {{0, 1, 2}};
            case ENTITLEMENTS -> new int[][] {{0, 1, 2, 3}};
            default -> FIRST_COLUMN;
        };
        seen = new HashedKeys[keys.length];
        Arrays.setAll(seen, i -> new HashedKeys());
        suspects.clear();
    }

    /** Takes a row that has all its columns. */
    void add(final long line, final String[] row) {
        for (int key = 0; key < keys.length; key++) {
            final int[] columns = keys[key];
            if (row[columns[columns.length - 1]].isEmpty()) {
                continue;
            }
            final long hash = HashedKeys.hash(hashKey, row, columns);
            if (!seen[key].add(hash) && suspects.size() < ProblemList.LIMIT) {
                suspects.add(new Suspect(key, hash, line, cells(row, columns)));
            }
        }
        if (seen[0].count() == MAX_ROWS) {
            throw new IllegalArgumentException(
                    file.fileName() + " has more than " + MAX_ROWS + " rows; import it as several files");
        }
    }

    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    /** Gives the memory of the hashes back. */
    void end() {
        seen = new HashedKeys[0];
    }

    /** Takes each row once more and reports the suspects that are named again after it. */
    void confirm(final long line, final String[] row) {
        for (int key = 0; key < keys.length; key++) {
            final long hash = HashedKeys.hash(hashKey, row, keys[key]);
            for (final Suspect suspect : suspects) {
                if (suspect.hash == hash
                        && suspect.key == key
                        && suspect.line > line
                        && !suspect.isReported
                        && Arrays.equals(suspect.cells, cells(row, keys[key]))) {
                    suspect.isReported = true;
                    final int[] columns = keys[key];
                    problems.add(
                            file.fileName(),
                            suspect.line,
                            file.columns().get(columns[columns.length - 1]),
                            "is the same as in line " + line);
                }
            }
        }
    }

    private static String[] cells(final String[] row, final int[] columns) {
        return Arrays.stream(columns).mapToObj(column -> row[column]).toArray(String[]::new);
    }

    /** A key whose hash was there already. */
    private static final class Suspect {
        private final int key;
        private final long hash;
        private final long line;
        private final String[] cells;
        private boolean isReported;

        private Suspect(final int key, final long hash, final long line, final String[] cells) {
            this.key = key;
            this.hash = hash;
            this.line = line;
            this.cells = cells;
        }
    }
}
