package io.settlegate.gateway.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The search by neighbours in time finds what looking at every pair finds. */
@Timeout(60)
final class DoubleSearchTest {
    private static final long WITHIN_MS = 600_000;
    private static final String[] INSTITUTIONS = {"H12345678901", "H12345678902", ""};

    private static Row row(final Book book, final String institution, final long sequence, final long timeMs) {
        final String msgid = institution.isEmpty() ? "" : institution + sequence;
        return new Row(book, "", msgid, "P", "", false, 1, 0, 0, 0, sequence, timeMs, "", "", "", "", "", false);
    }

    private static List<Group> bills(final Random random, final int count, final long spanMs) {
        final List<Group> bills = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            final Group group = new Group();
            for (final Book book : Book.values()) {
                if (random.nextInt(3) > 0) {
                    final long timeMs = 1_000_000_000L + random.nextInt(20) * spanMs;
                    group.put(row(book, INSTITUTIONS[random.nextInt(INSTITUTIONS.length)], i, timeMs));
                }
            }
            if (!group.books().isEmpty()) {
                bills.add(group);
            }
        }
        return bills;
    }

    private static boolean isTwin(final Row one, final Row other) {
        return one.institution().equals(other.institution()) && Math.abs(one.timeMs() - other.timeMs()) <= WITHIN_MS;
    }

    private static Map<Group, Row> twins(final List<Group> bills) {
        final Map<Group, Row> twins = new HashMap<>();
        final List<Row> kept = new ArrayList<>();
        bills.stream()
                .filter(bill -> bill.has(Book.GATEWAY) && bill.has(Book.HOSPITAL))
                .forEach(bill -> kept.add(bill.row(Book.GATEWAY)));
        for (final Group bill : bills) {
            if (bill.has(Book.GATEWAY) && !bill.has(Book.HOSPITAL)) {
                final Row row = bill.row(Book.GATEWAY);
                kept.stream()
                        .filter(other -> isTwin(row, other))
                        .min(Comparator.comparingLong((Row other) -> Math.abs(other.timeMs() - row.timeMs()))
                                .thenComparingLong(Row::sequence))
                        .ifPresentOrElse(twin -> twins.put(bill, twin), () -> kept.add(row));
            }
        }
        return twins;
    }

    private static boolean isAcross(final List<Group> bills, final Group group) {
        return group.has(Book.HOSPITAL) != group.has(Book.BUREAU)
                && bills.stream()
                        .anyMatch(other -> other.has(Book.HOSPITAL) == group.has(Book.BUREAU)
                                && other.has(Book.BUREAU) == group.has(Book.HOSPITAL)
                                && (!group.has(Book.GATEWAY)
                                        || !other.has(Book.GATEWAY)
                                        || isTwin(group.row(Book.GATEWAY), other.row(Book.GATEWAY))));
    }

    @Test
    void shouldFindWhatLookingAtEveryPairFinds() {
        for (long seed = 1; seed <= 500; seed++) {
            final Random random = new Random(seed);
            final List<Group> bills = bills(random, 2 + random.nextInt(12), 150_000);
            final Map<Group, Row> twins = twins(bills);
            final DoubleSearch search = new DoubleSearch(bills);
            for (final Group group : bills) {
                assertThat(search.twinOf(group)).as("seed %d", seed).isSameAs(twins.get(group));
                if (bills.size() > 1) {
                    assertThat(search.isAcross(group)).as("seed %d", seed).isEqualTo(isAcross(bills, group));
                }
            }
        }
    }
}
