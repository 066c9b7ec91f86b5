package io.settlegate.gateway.reconciliation;

/** Rows and their amounts, in fen. One thread. */
public final class Sums {
    private long rows;
    private long medfeeFen;
    private long fundFen;
    private long acctFen;

    void add(final Row row) {
        add(row, 1);
    }

    void subtract(final Row row) {
        add(row, -1);
    }

    private void add(final Row row, final int sign) {
        rows += sign;
        medfeeFen = Math.addExact(medfeeFen, sign * row.medfeeFen());
        fundFen = Math.addExact(fundFen, sign * row.fundFen());
        acctFen = Math.addExact(acctFen, sign * row.acctFen());
    }

    void add(final Sums other) {
        rows += other.rows;
        medfeeFen = Math.addExact(medfeeFen, other.medfeeFen);
        fundFen = Math.addExact(fundFen, other.fundFen);
        acctFen = Math.addExact(acctFen, other.acctFen);
    }

    /** Whether this is one minus other. */
    boolean isDifference(final Sums one, final Sums other) {
        return rows == one.rows - other.rows
                && medfeeFen == one.medfeeFen - other.medfeeFen
                && fundFen == one.fundFen - other.fundFen
                && acctFen == one.acctFen - other.acctFen;
    }

    public long rows() {
        return rows;
    }

    public long medfeeFen() {
        return medfeeFen;
    }

    public long fundFen() {
        return fundFen;
    }

    public long acctFen() {
        return acctFen;
    }
}
