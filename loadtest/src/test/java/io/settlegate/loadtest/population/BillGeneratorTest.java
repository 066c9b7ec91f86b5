package io.settlegate.loadtest.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BillGeneratorTest {
    private static final long SEED = 9;
    private static final int BILLS = 20_000;
    private final Population population = Population.generate(SEED, new PopulationSize(10, 20, 20, 400));

    @Test
    void shouldRoundALineHalfUpToFen() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 10_000; i++) {
            final long pricE6 = random.nextLong(1, 500_000_000);
            final long cntE4 = random.nextLong(1, 300_000);
            final long expectedFen = BigDecimal.valueOf(pricE6, 6)
                    .multiply(BigDecimal.valueOf(cntE4, 4))
                    .movePointRight(2)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
            assertThat(BillGenerator.lineAmountFen(pricE6, cntE4))
                    .as("seed %d, line %d", SEED, i)
                    .isEqualTo(expectedFen);
        }
        assertThat(BillGenerator.lineAmountFen(5_000, 10_000)).isEqualTo(1);
        assertThat(BillGenerator.lineAmountFen(4_999, 10_000)).isZero();
    }

    @Test
    void shouldMakeBillsWhoseHeaderIsTheSumOfTheLines() {
        final BillGenerator bills = new BillGenerator(population, LineCount.MIXED, SEED);
        for (int i = 0; i < 1_000; i++) {
            final Bill bill = bills.next(population.institutions().get(i % 20));
            assertThat(bill.lines()).hasSizeBetween(1, 5);
            assertThat(bill.lines().stream().mapToLong(BillLine::amountFen).sum())
                    .isEqualTo(bill.sumFen())
                    .isPositive();
        }
    }

    @Test
    void shouldMakeExactlyThreeLinesWhereThreeAreWanted() {
        final BillGenerator bills = new BillGenerator(population, LineCount.exactly(3), SEED);
        assertThat(bills.next(population.institutions().get(0)).lines()).hasSize(3);
    }

    @Test
    void shouldSellNoServicesInAPharmacy() {
        final BillGenerator bills = new BillGenerator(population, LineCount.exactly(5), SEED);
        final Institution pharmacy = population.institutions().stream()
                .filter(Institution::isPharmacy)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 200; i++) {
            assertThat(bills.next(pharmacy).lines())
                    .noneMatch(line -> line.item().isService());
        }
    }

    @Test
    void shouldMakeBillsAsLargeAsACountysAre() {
        final Institution pharmacy = population.institutions().stream()
                .filter(Institution::isPharmacy)
                .findFirst()
                .orElseThrow();
        final Institution hospital = population.institutions().stream()
                .filter(at -> !at.isPharmacy())
                .findFirst()
                .orElseThrow();

        assertThat(meanYuan(pharmacy)).isBetween(80.0, 125.0);
        assertThat(meanYuan(hospital)).isBetween(150.0, 215.0);
        assertThat(meanYuan(hospital)).isGreaterThan(meanYuan(pharmacy));
    }

    private double meanYuan(final Institution institution) {
        final BillGenerator bills = new BillGenerator(population, LineCount.MIXED, SEED);
        long sumFen = 0;
        for (int i = 0; i < BILLS; i++) {
            sumFen += bills.next(institution).sumFen();
        }
        return sumFen / 100.0 / BILLS;
    }
}
