package io.settlegate.gateway.reconciliation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which settlements of one person with one total were settled twice: within ten minutes, at one institution, under two msgids, of which
 * the hospital has at most one. Of two that it has neither of the first one counts as missing, and the second as double.
 *
 * <p>One use, one thread.
 */
final class DoubleSearch {
    private static final long WITHIN_MS = TimeUnit.MINUTES.toMillis(10);

    private final List<Group> bills;
    private final Map<Group, Row> twins = new IdentityHashMap<>();

    /** @param bills of one person and total; those of the gateway stand. */
    DoubleSearch(final List<Group> bills) {
        this.bills = bills;
        if (bills.size() < 2) {
            return;
        }
        final List<Row> kept = new ArrayList<>();
        final List<Group> open = new ArrayList<>();
        for (final Group bill : bills) {
            if (bill.has(Book.GATEWAY)) {
                if (bill.has(Book.HOSPITAL)) {
                    kept.add(bill.row(Book.GATEWAY));
                } else {
                    open.add(bill);
                }
            }
        }
        open.sort(Comparator.comparingLong(bill -> bill.row(Book.GATEWAY).sequence()));
        for (final Group bill : open) {
            final Row row = bill.row(Book.GATEWAY);
            final Row twin = kept.stream()
                    .filter(other -> isTwin(row, other))
                    .min(Comparator.comparingLong((Row other) -> Math.abs(other.timeMs() - row.timeMs()))
                            .thenComparingLong(Row::sequence))
                    .orElse(null);
            if (twin == null) {
                kept.add(row);
            } else {
                twins.put(bill, twin);
            }
        }
    }

    private static boolean isTwin(final Row one, final Row other) {
        return one.institution().equals(other.institution()) && Math.abs(one.timeMs() - other.timeMs()) <= WITHIN_MS;
    }

    /** The settlement that a group is a double of; null if it is none. */
    Row twinOf(final Group group) {
        return twins.get(group);
    }

    /** Whether the group stands in one file, and another one, which can be the same, in the other file. */
    boolean isAcross(final Group group) {
        return bills.stream()
                .anyMatch(other -> other != group
                        && isOnlyIn(Book.HOSPITAL, Book.BUREAU, group, other)
                        && isClose(group.row(Book.GATEWAY), other.row(Book.GATEWAY)));
    }

    private static boolean isOnlyIn(final Book one, final Book two, final Group group, final Group other) {
        return group.has(one) != group.has(two) && other.has(one) == group.has(two) && other.has(two) == group.has(one);
    }

    private static boolean isClose(final Row one, final Row other) {
        return one == null || other == null || isTwin(one, other);
    }
}
