package io.settlegate.gateway.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws hold for rows of every kind of region, and notice a single fen. */
class RowLawTest {
    private static final int ROWS = 2_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** A settlement of a region with its own two habits, or what undoes one. */
    private MoneyRow row() {
        final boolean isAccountInFundSum = random.nextBoolean();
        final boolean isMulaidBeside = random.nextBoolean();
        final MoneyRow row = new MoneyRow();
        row.sequence = random.nextInt(1_000_000);
        row.day = LocalDate.of(2026, 11, 1 + random.nextInt(30));
        row.kind = MoneyRow.Kind.SETTLEMENT;
        row.institution = "H3203020000" + random.nextInt(3);
        row.office = "320302";
        row.insutype = random.nextBoolean() ? "310" : "390";
        row.clrType = random.nextBoolean() ? "11" : "21";
        long medfeeFen = 0;
        for (final Amount part : Amount.SPLIT) {
            medfeeFen += put(row, part, random.nextInt(1_000_000));
        }
        put(row, Amount.MEDFEE, medfeeFen);
        long restFen = medfeeFen;
        for (final Amount fund : Amount.FUNDS) {
            restFen -= put(row, fund, random.nextInt((int) restFen / 8 + 1));
        }
        final long fundsFen = medfeeFen - restFen;
        restFen -= put(row, Amount.HOSP_PART, random.nextInt((int) restFen / 8 + 1));
        put(row, Amount.PSN_PART, restFen);
        final long mulaidFen = put(row, Amount.ACCT_MULAID, random.nextInt((int) restFen / 4 + 1));
        final long ownFen = random.nextInt((int) restFen / 4 + 1);
        put(row, Amount.ACCT, isMulaidBeside ? ownFen : ownFen + mulaidFen);
        put(row, Amount.CASH, restFen - ownFen - mulaidFen);
        put(row, Amount.FUND_SUM, isAccountInFundSum ? fundsFen + row.fen(Amount.ACCT) : fundsFen);
        if (random.nextInt(4) > 0) {
            return row;
        }
        final MoneyRow undone = row.copy();
        undone.takeBack(row);
        return undone;
    }

    private static long put(final MoneyRow row, final Amount amount, final long amountFen) {
        row.fen[amount.ordinal()] = amountFen;
        return amountFen;
    }

    @Test
    void shouldHoldForEachRowAndForTheirSums() {
        final ClearingStatement statement =
                new ClearingStatement("320302", Period.month(YearMonth.of(2026, 11)), null, Map.of());
        for (int i = 0; i < ROWS; i++) {
            statement.add(row());
        }
        assertThat(statement.isSound()).as("seed %d", seed).isTrue();
        assertThat(statement.rowCount()).isEqualTo(ROWS);
    }

    @Test
    void shouldNoticeASingleFen() {
        for (int i = 0; i < ROWS; i++) {
            final ClearingStatement statement =
                    new ClearingStatement("320302", Period.month(YearMonth.of(2026, 11)), null, Map.of());
            final MoneyRow row = row();
            final Amount[] amounts = Amount.values();
            Amount changed = amounts[random.nextInt(amounts.length)];
            // No law speaks of the deductible; the family's account may be inside another amount.
            while (changed == Amount.ACT_PAY_DEDC || changed == Amount.ACCT_MULAID) {
                changed = amounts[random.nextInt(amounts.length)];
            }
            row.fen[changed.ordinal()] += random.nextBoolean() ? 1 : -1;
            statement.add(row);
            if (isWithinARegionsHabit(row)) {
                continue;
            }
            assertThat(statement.isSound())
                    .as("seed %d, row %d, %s", seed, i, changed)
                    .isFalse();
        }
    }

    /** A fen that makes one region's sum another region's sum by chance is no fault that a law can see. */
    private static boolean isWithinARegionsHabit(final MoneyRow row) {
        for (final RowLaw law : RowLaw.values()) {
            if (!law.holds(row)) {
                return false;
            }
        }
        return Math.abs(row.fen(Amount.ACCT)) <= 1 || Math.abs(row.fen(Amount.ACCT_MULAID)) <= 1;
    }

    @Test
    void shouldLeaveOutOtherOfficesAndDays() {
        final ClearingStatement statement =
                new ClearingStatement("320302", Period.day(LocalDate.of(2026, 11, 3)), null, Map.of());
        final MoneyRow row = row();
        row.day = LocalDate.of(2026, 11, 4);
        statement.add(row);
        row.day = LocalDate.of(2026, 11, 3);
        row.office = "320311";
        statement.add(row);
        assertThat(statement.rowCount()).isZero();
        row.office = "320302";
        statement.add(row);
        assertThat(statement.rowCount()).isEqualTo(1);
    }
}
