package io.settlegate.gateway.settlement;

/**
 * The most rows that each table of the engine takes. Full means refuse. Vouchers are as many as persons. The staged length
 * bounds one part of an import. Visits are those that are not expired, and fee lines are theirs.
 */
public record TableLimits(
        int regions,
        int institutions,
        int terminals,
        int persons,
        int items,
        int policyRows,
        int batches,
        int msgidsPerDay,
        int itemTerms,
        int entitlements,
        long stagedLength,
        int visits,
        int feeLines) {
    /** What an index can name, with room for accounts beside the institutions'. */
    private static final int MAX_ROWS = KeyIndex.MAX_ROWS - EngineState.OTHER_ACCOUNTS;

    /** A city of ten million insured. */
    public static final TableLimits CITY = new TableLimits(
            10_000,
            50_000,
            200_000,
            12_000_000,
            500_000,
            100_000,
            100_000,
            20_000_000,
            2_000_000,
            16_000_000,
            64L << 20,
            8_000_000,
            32_000_000);

    public TableLimits {
        final int[] rows = {
            regions,
            institutions,
            terminals,
            persons,
            items,
            policyRows,
            batches,
            msgidsPerDay,
            itemTerms,
            entitlements,
            visits,
            feeLines
        };
        for (final int limit : rows) {
            if (limit < 1) {
                throw new IllegalArgumentException("each table limit must be at least 1");
            }
            if (limit > MAX_ROWS) {
                throw new IllegalArgumentException("each table limit must be at most " + MAX_ROWS);
            }
        }
        if (stagedLength < 1) {
            throw new IllegalArgumentException("each table limit must be at least 1");
        }
    }
}
