package io.settlegate.gateway.reconciliation;

/** What the books have under one key, and what the findings say of it. One thread. */
public final class BookTotals {
    private final Sums[] sums = {new Sums(), new Sums(), new Sums()};
    /** By the other book: the gateway's amounts minus that book's, summed over the findings. */
    private final Sums[] found = {new Sums(), new Sums(), new Sums()};

    void count(final Row row) {
        sums[row.book().ordinal()].add(row);
    }

    void count(final Finding finding) {
        for (int i = Book.HOSPITAL.ordinal(); i < Book.COUNT; i++) {
            final Book other = Book.values()[i];
            if (finding.isGatewayCounted()) {
                found[i].add(finding.group().row(Book.GATEWAY));
            }
            if (finding.group().has(other)) {
                found[i].subtract(finding.group().row(other));
            }
        }
    }

    void add(final BookTotals other) {
        for (int i = 0; i < Book.COUNT; i++) {
            sums[i].add(other.sums[i]);
            found[i].add(other.found[i]);
        }
    }

    Sums of(final Book book) {
        return sums[book.ordinal()];
    }

    public Sums gateway() {
        return of(Book.GATEWAY);
    }

    public Sums hospital() {
        return of(Book.HOSPITAL);
    }

    public Sums bureau() {
        return of(Book.BUREAU);
    }

    /** The law: the gateway's total minus another book's is the sum over the findings. */
    boolean holds(final Book other) {
        return found[other.ordinal()].isDifference(gateway(), of(other));
    }
}
