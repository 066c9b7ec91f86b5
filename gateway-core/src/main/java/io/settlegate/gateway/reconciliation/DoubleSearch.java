package io.settlegate.gateway.reconciliation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Which settlements of one person with one total were settled twice: within ten minutes, at one institution, under two msgids, of which
 * the hospital has at most one. Of two that it has neither of the first one counts as missing, and the second as double.
 *
 * <p>One use, one thread. Takes the logarithm of the number of settlements for each.
 */
final class DoubleSearch {
    private static final long WITHIN_MS = TimeUnit.MINUTES.toMillis(10);
    private static final NavigableMap<Long, Row> NONE = Collections.emptyNavigableMap();

    private final Map<Group, Row> twins = new HashMap<>();
    private final OneSided atHospital = new OneSided();
    private final OneSided atBureau = new OneSided();

    /** Rows of the gateway by institution and time; of several at one time the first. */
    private static final class Timeline {
        private final Map<String, NavigableMap<Long, Row>> byInstitution = new HashMap<>();

        void add(final Row row) {
            byInstitution
                    .computeIfAbsent(row.institution(), any -> new TreeMap<>())
                    .merge(row.timeMs(), row, (one, other) -> one.sequence() <= other.sequence() ? one : other);
        }

        /** The row nearest in time at the same institution, the first one of two; null if none is near. */
        Row nearest(final Row row) {
            final NavigableMap<Long, Row> rows = byInstitution.getOrDefault(row.institution(), NONE);
            final Row before = near(row, rows.floorEntry(row.timeMs()));
            final Row behind = near(row, rows.ceilingEntry(row.timeMs()));
            if (before == null || behind == null) {
                return before == null ? behind : before;
            }
            final int order = Long.compare(row.timeMs() - before.timeMs(), behind.timeMs() - row.timeMs());
            if (order == 0) {
                return before.sequence() <= behind.sequence() ? before : behind;
            }
            return order < 0 ? before : behind;
        }

        private static Row near(final Row row, final Map.Entry<Long, Row> entry) {
            return entry != null && Math.abs(entry.getKey() - row.timeMs()) <= WITHIN_MS ? entry.getValue() : null;
        }
    }

    /** What stands in one of the files and not in the other. */
    private static final class OneSided {
        private final Timeline withGateway = new Timeline();
        private boolean isEmpty = true;
        private boolean hasWithoutGateway;

        void add(final Group group) {
            isEmpty = false;
            if (group.has(Book.GATEWAY)) {
                withGateway.add(group.row(Book.GATEWAY));
            } else {
                hasWithoutGateway = true;
            }
        }

        boolean hasNear(final Row gateway) {
            return gateway == null ? !isEmpty : hasWithoutGateway || withGateway.nearest(gateway) != null;
        }
    }

    /** @param bills of one person and total; those of the gateway stand. */
    DoubleSearch(final List<Group> bills) {
        if (bills.size() < 2) {
            return;
        }
        final Timeline kept = new Timeline();
        final List<Group> open = new ArrayList<>();
        for (final Group bill : bills) {
            if (bill.has(Book.GATEWAY)) {
                if (bill.has(Book.HOSPITAL)) {
                    kept.add(bill.row(Book.GATEWAY));
                } else {
                    open.add(bill);
                }
            }
            if (bill.has(Book.HOSPITAL) != bill.has(Book.BUREAU)) {
                (bill.has(Book.HOSPITAL) ? atHospital : atBureau).add(bill);
            }
        }
        open.sort(Comparator.comparingLong(bill -> bill.row(Book.GATEWAY).sequence()));
        for (final Group bill : open) {
            final Row row = bill.row(Book.GATEWAY);
            final Row twin = kept.nearest(row);
            if (twin == null) {
                kept.add(row);
            } else {
                twins.put(bill, twin);
            }
        }
    }

    /** The settlement that a group is a double of; null if it is none. */
    Row twinOf(final Group group) {
        return twins.get(group);
    }

    /** Whether the group stands in one file, and another one, which can be the same, in the other file. */
    boolean isAcross(final Group group) {
        return group.has(Book.HOSPITAL) != group.has(Book.BUREAU)
                && (group.has(Book.HOSPITAL) ? atBureau : atHospital).hasNear(group.row(Book.GATEWAY));
    }
}
