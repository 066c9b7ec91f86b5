package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Shares;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A settlement's amounts as few numbers and back. */
final class SettlementValuesTest {
    private static final int ROUNDS = 10_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final RandomShares shares = new RandomShares(random);
    private final SettlementValues values = new SettlementValues();

    @Test
    void shouldGiveBackWhatWasTaken() {
        final Shares back = new Shares();
        boolean isAnyNegative = false;
        for (int round = 0; round < ROUNDS; round++) {
            final String which = "seed " + seed + ", round " + round;
            final Shares taken = shares.next();
            final int visitRow = random.nextInt(10) - 1;
            final int diseaseRow = random.nextInt(10) - 1;
            values.take(taken, visitRow, diseaseRow);
            boolean isWithinInt = true;
            for (final long value : values.values) {
                isWithinInt &= (int) value == value;
                isAnyNegative |= value < 0;
            }
            assertThat(isWithinInt).as(which).isTrue();
            // Numbers and pool are all that a row keeps of them.
            final long[] kept = values.values.clone();
            final int pool = values.pool;
            values.take(shares.next(), 7, 7);
            System.arraycopy(kept, 0, values.values, 0, kept.length);
            values.pool = pool;
            values.give(back);
            back.policyVersion = taken.policyVersion;
            back.readSlots = taken.readSlots;
            RandomShares.assertSame(which, back, taken);
            assertThat(values.visitRow()).as(which).isEqualTo(visitRow);
            assertThat(values.diseaseRow()).as(which).isEqualTo(diseaseRow);
        }
        assertThat(isAnyNegative)
                .as("differences below 0 occurred, seed " + seed)
                .isTrue();
    }

    @Test
    void shouldNeedFewNumbersForAnUsualSettlement() {
        final Shares usual = new Shares();
        usual.inscpScpFen = 50_000;
        usual.medfeeSumamtFen = 50_000;
        usual.actPayDedcFen = 10_000;
        usual.baseFen = 40_000;
        usual.hifpPayFen = 24_000;
        usual.fundPaySumamtFen = 24_000;
        usual.psnPartFen = 26_000;
        usual.psnCashPayFen = 26_000;
        usual.deltas[6] = 10_000;
        usual.deltas[7] = 40_000;
        usual.deltas[8] = 24_000;
        usual.writtenSlots = 7 << 6;
        values.take(usual, -1, -1);
        assertThat(Arrays.stream(values.values).filter(value -> value != 0).toArray())
                .containsExactly(50_000, 10_000, 24_000);
        assertThat(values.pool).isEqualTo(2);
    }
}
