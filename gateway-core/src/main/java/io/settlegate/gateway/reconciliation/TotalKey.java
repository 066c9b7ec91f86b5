package io.settlegate.gateway.reconciliation;

import java.util.Comparator;

/**
 * By what totals are kept. All three are empty for rows that the gateway does not have: files do not say them.
 *
 * @param insutype of the settlement.
 * @param clrType 11 outpatient, 21 inpatient, 41 pharmacy.
 * @param office where the person is insured.
 */
public record TotalKey(String insutype, String clrType, String office) implements Comparable<TotalKey> {
    static final TotalKey UNKNOWN = new TotalKey("", "", "");

    private static final Comparator<TotalKey> ORDER = Comparator.comparing(TotalKey::insutype)
            .thenComparing(TotalKey::clrType)
            .thenComparing(TotalKey::office);

    static TotalKey of(final Row gateway) {
        return gateway == null ? UNKNOWN : new TotalKey(gateway.insutype(), gateway.clrType(), gateway.office());
    }

    @Override
    public int compareTo(final TotalKey other) {
        return ORDER.compare(this, other);
    }
}
