package io.settlegate.gateway.reconciliation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How many rows agree and differ, and the totals. One thread while it counts. */
public final class Summary {
    private final int books;
    private final Map<Difference, Long> differences = new EnumMap<>(Difference.class);
    private final Map<Standing, Long> standings = new EnumMap<>(Standing.class);
    private final Map<TotalKey, BookTotals> totals = new TreeMap<>();
    private long equal;
    private long found;

    Summary(final int books) {
        this.books = books;
    }

    void countEqual() {
        equal++;
    }

    void count(final TotalKey key, final Row row) {
        totals.computeIfAbsent(key, any -> new BookTotals()).count(row);
    }

    void count(final Finding finding) {
        found++;
        differences.merge(finding.difference(), 1L, Long::sum);
        if (finding.standing() != null) {
            standings.merge(finding.standing(), 1L, Long::sum);
        }
        totals.computeIfAbsent(finding.total(), any -> new BookTotals()).count(finding);
    }

    /** @throws IllegalStateException if the findings do not explain the totals, which is an error in this package. */
    void checkLaw() {
        totals.forEach((key, each) -> {
            for (int i = Book.HOSPITAL.ordinal(); i < books; i++) {
                if (!each.holds(Book.values()[i])) {
                    throw new IllegalStateException("the findings do not add up to the difference of the totals of "
                            + key + " between gateway and " + Book.values()[i]);
                }
            }
        });
    }

    /** Two or three. */
    public int books() {
        return books;
    }

    /** Settlements and refunds that all books have, with the same fields. */
    public long equal() {
        return equal;
    }

    public long found() {
        return found;
    }

    public Map<Difference, Long> differences() {
        return Collections.unmodifiableMap(differences);
    }

    /** Of three books; else empty. */
    public Map<Standing, Long> standings() {
        return Collections.unmodifiableMap(standings);
    }

    public Map<TotalKey, BookTotals> totals() {
        return Collections.unmodifiableMap(totals);
    }

    /** Over all keys. */
    public BookTotals total() {
        final BookTotals all = new BookTotals();
        totals.values().forEach(all::add);
        return all;
    }
}
