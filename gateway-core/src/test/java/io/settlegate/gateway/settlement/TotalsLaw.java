package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What holds of the totals by day as long as no day was dropped: all days together, by the days of the records, are what stands, and by fund what
 * the ledger was posted.
 */
final class TotalsLaw {
    private static final int INSTITUTION = 0;
    private static final int CASH = 1;
    private static final int MULAID = 2;
    private static final int FIRST_FUND = 3;

    private TotalsLaw() {}

    /** Whose totals: what a row's key names. */
    record Key(int clrType, int insutype, int regionRow, int institutionRow) {}

    /** Of every row that is kept. */
    static Set<Key> keys(final EngineState state) {
        final Set<Key> keys = new LinkedHashSet<>();
        for (final FlatTable day : state.dayTotals.days().tables()) {
            for (int row = 0; row < day.count(); row++) {
                keys.add(new Key(day.getByte(row, 0), day.getShort(row, 1), day.getShort(row, 3), day.getInt(row, 5)));
            }
        }
        return keys;
    }

    static PeriodTotals sum(final EngineState state, final Key key) {
        final int today = BusinessTime.dayOf(state.lastTimeMs);
        final PeriodTotals totals = new PeriodTotals();
        state.dayTotals.sum(
                key.clrType,
                key.insutype,
                key.regionRow,
                key.institutionRow,
                today - DayTotals.KEPT_DAYS,
                today,
                totals);
        return totals;
    }

    /** Holds nothing against a city whose first day was dropped. */
    static void assertHolds(final SettlementEngine engine, final String which) {
        final EngineState state = engine.state();
        final int firstDay = BusinessTime.dayOf(EngineFixture.NOW_MS);
        if (BusinessTime.dayOf(state.lastTimeMs) - firstDay > DayTotals.KEPT_DAYS) {
            return;
        }
        final long[] sums = new long[FIRST_FUND + PeriodTotals.FUNDS];
        for (final Key key : keys(state)) {
            add(sum(state, key), sums, which + ", " + key);
        }
        final long[] posted = new long[sums.length];
        new LedgerAccounts(engine).tell((kind, insutype, institutionRow, amountFen) -> {
            switch (kind) {
                case INSTITUTION -> posted[INSTITUTION] += amountFen;
                case CASH -> posted[CASH] -= amountFen;
                case MULAID -> posted[MULAID] -= amountFen;
                case SOURCE -> {
                    // Allocations settle nothing.
                }
                default -> posted[FIRST_FUND + kind.ordinal()] -= amountFen;
            }
        });
        assertThat(sums).as(which).isEqualTo(posted);
    }

    private static void add(final PeriodTotals totals, final long[] sums, final String which) {
        assertThat(new long[] {
                    totals.settledCount - totals.undoneCount,
                    totals.medfeeFen,
                    totals.fundSumFen,
                    totals.acctFen,
                    totals.cashFen
                })
                .as(which)
                .containsExactly(
                        totals.standingCount,
                        totals.standingMedfeeFen,
                        totals.standingFundSumFen,
                        totals.standingAcctFen,
                        totals.standingCashFen);
        sums[INSTITUTION] += totals.medfeeFen - totals.hospFen;
        sums[CASH] += totals.cashFen;
        sums[MULAID] += totals.mulaidFen;
        for (int fund = 0; fund < PeriodTotals.FUNDS; fund++) {
            sums[FIRST_FUND + fund] += totals.fundsFen[fund];
        }
    }
}
