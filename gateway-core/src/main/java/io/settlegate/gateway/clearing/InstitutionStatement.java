package io.settlegate.gateway.clearing;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What one institution's rows of a period add up to. One thread. */
final class InstitutionStatement {
    private final String code;
    private final String name;
    private final SortedMap<Key, Totals> byKey = new TreeMap<>();
    /** Added up row by row, to be held against the sums of the keys. */
    private final Totals counted = new Totals();

    private final Map<RowLaw, Long> broken = new EnumMap<>(RowLaw.class);
    private long firstBrokenSequence = -1;

    /** A row of the statement. */
    record Key(LocalDate day, String insutype, String clrType) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::day).thenComparing(Key::insutype).thenComparing(Key::clrType);

        @Override
        public int compareTo(final Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** A row of the whole period. */
    record Line(String insutype, String clrType) implements Comparable<Line> {
        @Override
        public int compareTo(final Line other) {
            final int byInsutype = insutype.compareTo(other.insutype);
            return byInsutype != 0 ? byInsutype : clrType.compareTo(other.clrType);
        }
    }

    InstitutionStatement(final String code, final String name) {
        this.code = code;
        this.name = name;
    }

    void add(final MoneyRow row) {
        byKey.computeIfAbsent(new Key(row.day, row.insutype, row.clrType), key -> new Totals())
                .add(row);
        counted.add(row);
        for (final RowLaw law : RowLaw.values()) {
            if (!law.holds(row)) {
                broken.merge(law, 1L, Long::sum);
                firstBrokenSequence = firstBrokenSequence < 0 ? row.sequence : firstBrokenSequence;
            }
        }
    }

    String code() {
        return code;
    }

    /** Empty if the journal no longer holds the import that named it. */
    String name() {
        return name;
    }

    SortedMap<Key, Totals> byKey() {
        return byKey;
    }

    /** By insurance and clearing type. */
    SortedMap<Line, Totals> byLine() {
        return by(key -> new Line(key.insutype(), key.clrType()));
    }

    SortedMap<String, Totals> byClrType() {
        return by(Key::clrType);
    }

    SortedMap<LocalDate, Totals> byDay() {
        return by(Key::day);
    }

    private <T extends Comparable<? super T>> SortedMap<T, Totals> by(final Function<Key, T> part) {
        final SortedMap<T, Totals> sums = new TreeMap<>();
        byKey.forEach((key, totals) ->
                sums.computeIfAbsent(part.apply(key), any -> new Totals()).add(totals));
        return sums;
    }

    Totals sum() {
        final Totals sum = new Totals();
        byKey.values().forEach(sum::add);
        return sum;
    }

    /** Whether the sums of the keys are what was added up row by row. */
    boolean isAddedUp() {
        return sum().isEqual(counted);
    }

    /** Rows that break a law. */
    long brokenCount(final RowLaw law) {
        return broken.getOrDefault(law, 0L);
    }

    /** Where to look; -1 if no law is broken. */
    long firstBrokenSequence() {
        return firstBrokenSequence;
    }
}
