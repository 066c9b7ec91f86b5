package io.settlegate.gateway.operations;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds periods in item_terms.csv that have days in common though they are of one item and region, in two steps like {@link
 * RepeatedKeys}: the first leaves a hash and the two days of each row, sorts them, and suspects what overlaps under one hash; the
 * second reads the file once more and clears those that only share a hash. What periods of earlier imports overlap is the
 * engine's to find, and so is an overlap that two items of one hash hide here.
 *
 * <p>One thread. Holds 24 bytes for each row with a period, twice that while it grows.
 */
final class TermPeriods {
    private static final ImportFile FILE = ImportFile.ITEM_TERMS;
    private static final int BEGNDATE = 2;
    private static final int ENDDATE = 3;
    private static final int[] ITEM_AND_REGION = {0, 1};
    /** A sort key is the hash's upper bits and the row's number, of which there are at most {@link RepeatedKeys#MAX_ROWS}. */
    private static final int ROW_BITS = 25;

    private static final int ROW_MASK = (1 << ROW_BITS) - 1;

    private final ProblemList problems;
    private final long hashKey = new SecureRandom().nextLong();
    private final List<Suspect> suspects = new ArrayList<>();
    private long[] sortKeys = new long[64];
    private long[] lines = new long[64];
    private int[] begnDays = new int[64];
    private int[] endDays = new int[64];
    private int count;

    TermPeriods(final ProblemList problems) {
        this.problems = problems;
    }

    /** Takes a row that has all its columns; one whose days are wrong is another check's, and one without a day overlaps nothing. */
    void add(final long line, final String[] row) {
        final int begnDay = Columns.begnDay(row[BEGNDATE]);
        final int endDay = Columns.endDay(row[ENDDATE]);
        if (begnDay < 0 || endDay <= begnDay) {
            return;
        }
        if (count == lines.length) {
            sortKeys = Arrays.copyOf(sortKeys, count * 2);
            lines = Arrays.copyOf(lines, count * 2);
            begnDays = Arrays.copyOf(begnDays, count * 2);
            endDays = Arrays.copyOf(endDays, count * 2);
        }
        sortKeys[count] = HashedKeys.hash(hashKey, row, ITEM_AND_REGION) << ROW_BITS | count;
        lines[count] = line;
        begnDays[count] = begnDay;
        endDays[count] = endDay;
        count++;
    }

    /** Looks for suspects and gives the memory back. */
    void end() {
        Arrays.sort(sortKeys, 0, count);
        int from = 0;
        for (int to = 1; to <= count; to++) {
            if (to == count || sortKeys[to] >> ROW_BITS != sortKeys[from] >> ROW_BITS) {
                if (to - from > 1) {
                    suspectIn(from, to);
                }
                from = to;
            }
        }
        count = 0;
        sortKeys = new long[0];
        lines = new long[0];
        begnDays = new int[0];
        endDays = new int[0];
    }

    /** Among the rows of one hash, by their first days: whether one begins before the latest end so far. */
    private void suspectIn(final int from, final int to) {
        final long[] byDay = new long[to - from];
        for (int i = 0; i < byDay.length; i++) {
            final int row = (int) sortKeys[from + i] & ROW_MASK;
            byDay[i] = (long) begnDays[row] << Integer.SIZE | row;
        }
        Arrays.sort(byDay);
        int latest = (int) byDay[0];
        for (int i = 1; i < byDay.length; i++) {
            final int row = (int) byDay[i];
            // Two of the same first day have the same key, which is reported as such.
            if (begnDays[row] < endDays[latest]
                    && begnDays[row] != begnDays[latest]
                    && suspects.size() < ProblemList.LIMIT) {
                suspects.add(new Suspect(Math.min(lines[row], lines[latest]), Math.max(lines[row], lines[latest])));
            }
            if (endDays[row] > endDays[latest]) {
                latest = row;
            }
        }
    }

    boolean hasSuspects() {
        return !suspects.isEmpty();
    }

    /** Takes each row once more and reports the suspects that are of one item and region. */
    void confirm(final long line, final String[] row) {
        for (final Suspect suspect : suspects) {
            if (suspect.earlier == line) {
                suspect.item = row[0];
                suspect.region = row[1];
            } else if (suspect.later == line && row[0].equals(suspect.item) && row[1].equals(suspect.region)) {
                problems.add(
                        FILE.fileName(),
                        line,
                        FILE.columns().get(BEGNDATE),
                        "the period overlaps that of line " + suspect.earlier);
            }
        }
    }

    /** Two lines whose periods overlap under one hash. */
    private static final class Suspect {
        private final long earlier;
        private final long later;
        private String item = "";
        private String region = "";

        private Suspect(final long earlier, final long later) {
            this.earlier = earlier;
            this.later = later;
        }
    }
}
