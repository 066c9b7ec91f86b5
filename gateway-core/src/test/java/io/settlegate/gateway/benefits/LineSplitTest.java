package io.settlegate.gateway.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines in four, against the reference. */
final class LineSplitTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void shouldSplitLinesLikeTheReference() {
        final LineSplit split = new LineSplit();
        final String[] classes = {"A", "B", "C"};
        for (int round = 0; round < 50_000; round++) {
            final BigDecimal pric = BigDecimal.valueOf(1L + random.nextInt(500_000_000), 6);
            final BigDecimal cnt = BigDecimal.valueOf(1L + random.nextInt(1_000_000), 4);
            final int itemClass = random.nextInt(3);
            final int shareE4 = random.nextInt(10_001);
            final long ceilingE6 = random.nextInt(3) == 0 ? 0 : 1L + random.nextInt(500_000_000);
            final ReferenceEngine.Split expected = ReferenceEngine.split(
                    pric,
                    cnt,
                    classes[itemClass],
                    BigDecimal.valueOf(shareE4, 4),
                    ceilingE6 == 0 ? null : BigDecimal.valueOf(ceilingE6, 6));
            final long amountFen = Given.fen(expected.ownpay()
                    .add(expected.overlmt())
                    .add(expected.preselfpay())
                    .add(expected.inscp()));
            if (amountFen == 0) {
                continue;
            }
            final Verdict verdict = split.split(
                    amountFen,
                    pric.unscaledValue().longValueExact(),
                    cnt.unscaledValue().longValueExact(),
                    ItemClass.of(itemClass + 1),
                    shareE4,
                    ceilingE6);
            assertThat(verdict).isEqualTo(Verdict.OK);
            assertThat(new long[] {split.ownpayFen, split.overlmtFen, split.preselfpayFen, split.inscpFen})
                    .as("seed %d, round %d", seed, round)
                    .containsExactly(
                            Given.fen(expected.ownpay()),
                            Given.fen(expected.overlmt()),
                            Given.fen(expected.preselfpay()),
                            Given.fen(expected.inscp()));
        }
        assertThat(split.split(100, 1_000_000, 10_000, ItemClass.A, 0, 0)).isEqualTo(Verdict.OK);
        assertThat(split.split(101, 1_000_000, 10_000, ItemClass.A, 0, 0)).isEqualTo(Verdict.LINE_AMOUNT_WRONG);
        assertThat(split.split(0, 1_000_000, 10_000, ItemClass.A, 0, 0)).isEqualTo(Verdict.AMOUNT_OUT_OF_RANGE);
        assertThat(split.split(100, -1, 10_000, ItemClass.A, 0, 0)).isEqualTo(Verdict.AMOUNT_OUT_OF_RANGE);
        assertThat(split.split(100, 1_000_000, Long.MAX_VALUE, ItemClass.A, 0, 0))
                .isEqualTo(Verdict.AMOUNT_OUT_OF_RANGE);
        assertThat(split.split(100, 1_000_000, 10_000, ItemClass.B, 10_001, 0)).isEqualTo(Verdict.AMOUNT_OUT_OF_RANGE);
    }
}
