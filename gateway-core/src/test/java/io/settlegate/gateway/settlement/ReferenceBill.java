package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Who pays what, written from docs/BENEFITS.md, in yuan, with nothing of the engine's arithmetic. */
final class ReferenceBill {
    private static final int[] CLASSES = {1, 2, 3, 1, 2};
    private static final String[] SELFPAY = {"0", "0.05", "1", "0", "0.1234"};
    private static final String[] CEILINGS = {"0", "0", "0", "10.5", "3.333333"};
    private static final int PARTS = 5;

    final long medfeeFen;
    final long dedcFen;
    final long fundFen;
    final long psnPartFen;
    final long acctFen;
    final long cashFen;
    private final BigDecimal[] sums = new BigDecimal[PARTS];
    private final BigDecimal ratio;
    private final List<long[]> lines = new ArrayList<>();

    /**
     * @param accountFen what the personal account may give; 0 where it is not used.
     * @param usedFen    deductible used this year before.
     * @param paidFen    pooled fund paid this year before.
     */
    ReferenceBill(
            final List<Line> billed,
            final int person,
            final boolean pharmacy,
            final long accountFen,
            final long usedFen,
            final long paidFen) {
        java.util.Arrays.fill(sums, BigDecimal.ZERO);
        for (final Line line : billed) {
            addLine(line);
        }
        final boolean resident = person % 3 == 2;
        ratio = pharmacy || resident ? BigDecimal.ZERO : new BigDecimal(person % 3 == 0 ? "0.65" : "0.75");
        final BigDecimal deductible = new BigDecimal(resident ? 0 : person % 3 == 0 ? 700 : 350);
        final BigDecimal cap = new BigDecimal(resident ? 1200 : 7000);
        final BigDecimal dedc = ratio.signum() == 0
                ? BigDecimal.ZERO
                : sums[4].min(deductible.subtract(yuan(usedFen)).max(BigDecimal.ZERO));
        final BigDecimal fund = sums[4].subtract(dedc)
                .multiply(ratio)
                .setScale(2, RoundingMode.HALF_UP)
                .min(cap.subtract(yuan(paidFen)).max(BigDecimal.ZERO));
        medfeeFen = fen(sums[0]);
        dedcFen = fen(dedc);
        fundFen = fen(fund);
        psnPartFen = medfeeFen - fundFen;
        acctFen = Math.min(psnPartFen, accountFen);
        cashFen = psnPartFen - acctFen;
    }

    private void addLine(final Line line) {
        final int item = List.of(EngineFixture.ITEMS).indexOf(line.item());
        final BigDecimal cnt = BigDecimal.valueOf(line.cntE4(), 4);
        final BigDecimal pric = BigDecimal.valueOf(line.pricE6(), 6);
        final BigDecimal ceiling = new BigDecimal(CEILINGS[item]);
        final BigDecimal amount = pric.multiply(cnt).setScale(2, RoundingMode.HALF_UP);
        BigDecimal own = BigDecimal.ZERO;
        BigDecimal over = BigDecimal.ZERO;
        BigDecimal pre = BigDecimal.ZERO;
        if (CLASSES[item] == 3) {
            own = amount;
        } else {
            if (ceiling.signum() > 0 && pric.compareTo(ceiling) > 0) {
                over = amount.subtract(ceiling.multiply(cnt).setScale(2, RoundingMode.HALF_UP));
            }
            if (CLASSES[item] == 2) {
                pre = amount.subtract(over)
                        .multiply(new BigDecimal(SELFPAY[item]))
                        .setScale(2, RoundingMode.HALF_UP);
            }
        }
        final BigDecimal[] parts = {
            amount, own, over, pre, amount.subtract(own).subtract(over).subtract(pre)
        };
        final long[] expected = new long[PARTS];
        for (int i = 0; i < PARTS; i++) {
            sums[i] = sums[i].add(parts[i]);
            expected[i] = fen(parts[i]);
        }
        lines.add(expected);
    }

    /** Whether the pooled fund has a part in this kind of visit, and in this bill something to look at. */
    boolean takesPart() {
        return ratio.signum() > 0 && sums[4].signum() > 0;
    }

    /** Compares every amount of the outcome with this bill. */
    void assertIs(final PharmacySettleOutcomeDecoder actual, final String which) {
        assertThat(new long[] {
                    actual.medfeeSumamtFen(),
                    actual.fulamtOwnpayAmtFen(),
                    actual.overlmtSelfpayFen(),
                    actual.preselfpayAmtFen(),
                    actual.inscpScpAmtFen(),
                    actual.actPayDedcFen(),
                    actual.hifpPayFen(),
                    actual.fundPaySumamtFen(),
                    actual.psnPartAmtFen(),
                    actual.acctPayFen(),
                    actual.psnCashPayFen(),
                    actual.poolPropSelfpayE4(),
                    actual.hospPartAmtFen(),
                    actual.cvlservPayFen(),
                    actual.acctMulaidPayFen()
                })
                .as(which)
                .containsExactly(
                        medfeeFen,
                        fen(sums[1]),
                        fen(sums[2]),
                        fen(sums[3]),
                        fen(sums[4]),
                        dedcFen,
                        fundFen,
                        fundFen,
                        psnPartFen,
                        acctFen,
                        cashFen,
                        ratio.movePointRight(4).longValueExact(),
                        0,
                        0,
                        0);
        int index = 0;
        for (final PharmacySettleOutcomeDecoder.DetlcutinfoDecoder line : actual.detlcutinfo()) {
            assertThat(new long[] {
                        line.detItemFeeSumamtFen(),
                        line.fulamtOwnpayAmtFen(),
                        line.overlmtAmtFen(),
                        line.preselfpayAmtFen(),
                        line.inscpScpAmtFen()
                    })
                    .as(which)
                    .containsExactly(lines.get(index++));
        }
        assertThat(index).as(which).isEqualTo(lines.size());
    }

    private static BigDecimal yuan(final long fen) {
        return BigDecimal.valueOf(fen, 2);
    }

    private static long fen(final BigDecimal yuan) {
        return yuan.movePointRight(2).longValueExact();
    }
}
