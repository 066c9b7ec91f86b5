package io.settlegate.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The account of one active worker of the small city at its hospital, kept in plain arithmetic from the demo policy: 700 yuan
 * deductible a year, then 75 of 100 from the fund, the rest from the account as long as it lasts.
 */
final class PlainBook {
    static final long DEDUCTIBLE_FEN = 700_00;
    private static final int FUND_PERCENT = 75;

    /** What a bill came to. */
    record Entry(String setlId, int year, long dedcFen, long baseFen, long fundFen, long accountFen, long cashFen) {}

    /** What a year has used: deductible, amount behind it, paid by the fund. */
    static final class Year {
        long dedcFen;
        long baseFen;
        long fundFen;
    }

    final Map<Integer, Year> years = new LinkedHashMap<>();
    final List<Entry> standing = new ArrayList<>();
    long balanceFen;
    int undoneCount;
    boolean isFrozen;
    int stagedLines;
    long stagedFen;

    PlainBook(final long balanceFen) {
        this.balanceFen = balanceFen;
    }

    static int yearOf(final long timeMs) {
        return Instant.ofEpochMilli(timeMs).atOffset(ZoneOffset.ofHours(8)).getYear();
    }

    /** A bill that is wholly in policy. */
    Entry settle(final String setlId, final long timeMs, final long billFen) {
        final int number = yearOf(timeMs);
        final Year year = years.computeIfAbsent(number, key -> new Year());
        final long dedcFen = Math.min(billFen, DEDUCTIBLE_FEN - year.dedcFen);
        final long baseFen = billFen - dedcFen;
        final long fundFen = (baseFen * FUND_PERCENT + 50) / 100;
        final long accountFen = Math.min(balanceFen, billFen - fundFen);
        final Entry entry =
                new Entry(setlId, number, dedcFen, baseFen, fundFen, accountFen, billFen - fundFen - accountFen);
        post(entry, 1);
        standing.add(entry);
        return entry;
    }

    void undo(final Entry entry) {
        post(entry, -1);
        standing.remove(entry);
        undoneCount++;
    }

    /** What was undone stands again. */
    void redo(final Entry entry) {
        post(entry, 1);
        standing.add(entry);
        undoneCount--;
    }

    private void post(final Entry entry, final int sign) {
        final Year year = years.get(entry.year());
        year.dedcFen += sign * entry.dedcFen();
        year.baseFen += sign * entry.baseFen();
        year.fundFen += sign * entry.fundFen();
        balanceFen -= sign * entry.accountFen();
    }

    PlainBook copy() {
        final PlainBook copy = new PlainBook(balanceFen);
        years.forEach((number, year) -> {
            final Year same = new Year();
            same.dedcFen = year.dedcFen;
            same.baseFen = year.baseFen;
            same.fundFen = year.fundFen;
            copy.years.put(number, same);
        });
        copy.standing.addAll(standing);
        copy.undoneCount = undoneCount;
        copy.isFrozen = isFrozen;
        copy.stagedLines = stagedLines;
        copy.stagedFen = stagedFen;
        return copy;
    }
}
