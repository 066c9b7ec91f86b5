package io.settlegate.gateway.clearing;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of one clearing office and period, added up per institution. Refunds count on the day on which they were made, so that the
 * figures of a day do not change once it is over.
 *
 * <p>One thread. Memory grows with institutions and days, not with rows.
 */
public final class ClearingStatement {
    private final String office;
    private final Period period;
    private final String onlyInstitution;
    private final Map<String, String> names;
    private final SortedMap<String, InstitutionStatement> institutions = new TreeMap<>();
    private final Totals counted = new Totals();
    private long rowCount;

    /**
     * @param office admdvs where the persons are insured.
     * @param onlyInstitution fixmedins_code, or null for all.
     * @param names of institutions, by code.
     */
    public ClearingStatement(
            final String office, final Period period, final String onlyInstitution, final Map<String, String> names) {
        this.office = office;
        this.period = period;
        this.onlyInstitution = onlyInstitution;
        this.names = Map.copyOf(names);
    }

    /** Takes a row; one of another office, day, or institution is left out. */
    void add(final MoneyRow row) {
        if (!row.office.equals(office)
                || !period.holds(row.day)
                || (onlyInstitution != null && !onlyInstitution.equals(row.institution))) {
            return;
        }
        rowCount++;
        counted.add(row);
        institutions
                .computeIfAbsent(row.institution, code -> new InstitutionStatement(code, names.getOrDefault(code, "")))
                .add(row);
    }

    String office() {
        return office;
    }

    Period period() {
        return period;
    }

    /** Null where the statement is of all. */
    String onlyInstitution() {
        return onlyInstitution;
    }

    SortedMap<String, InstitutionStatement> institutions() {
        return institutions;
    }

    public long rowCount() {
        return rowCount;
    }

    Totals sum() {
        final Totals sum = new Totals();
        institutions.values().forEach(institution -> sum.add(institution.sum()));
        return sum;
    }

    boolean isAddedUp() {
        return sum().isEqual(counted) && institutions.values().stream().allMatch(InstitutionStatement::isAddedUp);
    }

    long brokenCount(final RowLaw law) {
        return institutions.values().stream()
                .mapToLong(institution -> institution.brokenCount(law))
                .sum();
    }

    /** Whether all that has to hold among the rows and their sums does. */
    public boolean isSound() {
        for (final RowLaw law : RowLaw.values()) {
            if (brokenCount(law) > 0 || !sum().holds(law)) {
                return false;
            }
        }
        return isAddedUp();
    }
}
