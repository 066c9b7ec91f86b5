package io.settlegate.loadtest.population;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bills of a plausible mix: about 100 yuan in a pharmacy, about 180 in an outpatient department.
 *
 * <p>One thread at a time; a function of population, line count, and seed.
 */
public final class BillGenerator {
    private static final long E6_PER_E4 = 100_000_000L;
    private static final long CNT_ONE_E4 = 10_000L;
    private static final int MAX_PACKS = 3;
    private static final int PRICE_MIN_PERCENT = 85;
    private static final int PRICE_MAX_PERCENT = 121;
    private static final int PERCENT = 100;
    private static final int SERVICE_PERCENT = 45;
    private static final int HALF_PACK_PERCENT = 4;

    private final List<CatalogueItem> goods = new ArrayList<>();
    private final List<CatalogueItem> services = new ArrayList<>();
    private final LineCount lineCount;
    private final SplittableRandom random;

    public BillGenerator(final Population population, final LineCount lineCount, final long seed) {
        for (final CatalogueItem item : population.items()) {
            (item.isService() ? services : goods).add(item);
        }
        this.lineCount = lineCount;
        this.random = new SplittableRandom(seed);
    }

    /** {@code pricE6 x cntE4} in fen: the only rounding of a bill, half up. */
    public static long lineAmountFen(final long pricE6, final long cntE4) {
        return Math.addExact(Math.multiplyExact(pricE6, cntE4), E6_PER_E4 / 2) / E6_PER_E4;
    }

    /** The next bill at this institution. */
    public Bill next(final Institution institution) {
        final int count = random.nextInt(lineCount.min(), lineCount.max() + 1);
        final List<BillLine> lines = new ArrayList<>(count);
        long sumFen = 0;
        for (int i = 0; i < count; i++) {
            final BillLine line = line(institution);
            lines.add(line);
            sumFen = Math.addExact(sumFen, line.amountFen());
        }
        return new Bill(lines, sumFen);
    }

    private BillLine line(final Institution institution) {
        if (!institution.isPharmacy() && random.nextInt(PERCENT) < SERVICE_PERCENT) {
            return priced(services.get(random.nextInt(services.size())), CNT_ONE_E4);
        }
        final CatalogueItem item = goods.get(random.nextInt(goods.size()));
        if (random.nextInt(PERCENT) < HALF_PACK_PERCENT) {
            return priced(item, CNT_ONE_E4 / 2);
        }
        return priced(item, CNT_ONE_E4 * (1 + Math.min(random.nextInt(MAX_PACKS), random.nextInt(MAX_PACKS))));
    }

    private BillLine priced(final CatalogueItem item, final long cntE4) {
        final long pricE6 = item.usualPricE6() * random.nextInt(PRICE_MIN_PERCENT, PRICE_MAX_PERCENT) / PERCENT;
        return new BillLine(item, pricE6, cntE4, lineAmountFen(pricE6, cntE4));
    }
}
