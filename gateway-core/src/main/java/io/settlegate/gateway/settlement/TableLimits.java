package io.settlegate.gateway.settlement;

/** The most rows that each table of the engine takes. Full means refuse. */
public record TableLimits(
        int regions,
        int institutions,
        int terminals,
        int persons,
        int items,
        int policyRows,
        int batches,
        int msgidsPerDay,
        long stagedLength) {
    /** A city of ten million insured. */
    public static final TableLimits CITY =
            new TableLimits(10_000, 50_000, 200_000, 12_000_000, 500_000, 100_000, 100_000, 20_000_000, 4L << 30);

    public TableLimits {
        final int least = Math.min(
                Math.min(Math.min(regions, institutions), Math.min(terminals, persons)),
                Math.min(Math.min(items, policyRows), Math.min(batches, msgidsPerDay)));
        if (least < 1 || stagedLength < 1) {
            throw new IllegalArgumentException("each table limit must be at least 1");
        }
    }
}
