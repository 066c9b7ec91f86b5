package io.settlegate.loadtest.population;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes items in the national code forms: western drugs (X, 23), patent medicines (Z, 20), services (15-11). */
final class CatalogueGenerator {
    private static final long STREAM = 0xCA7AL;
    private static final int PERCENT = 100;
    private static final int DRUG_PERCENT = 62;
    private static final int PATENT_PERCENT = 85;
    private static final int CEILING_PERCENT = 55;
    private static final long FEN_E6 = 10_000L;

    private CatalogueGenerator() {}

    static List<CatalogueItem> generate(final long seed, final int count) {
        final SplittableRandom random = new SplittableRandom(seed ^ STREAM);
        final List<CatalogueItem> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // By place and not by draw, so that a small catalogue has all three kinds.
            final int place = i * 37 % PERCENT;
            if (place < DRUG_PERCENT) {
                items.add(item(drugCode(random, i), "示例西药" + (i + 1), random.nextLong(300, 4_400), random));
            } else if (place < PATENT_PERCENT) {
                items.add(item(patentCode(random, i), "示例中成药" + (i + 1), random.nextLong(400, 3_800), random));
            } else {
                items.add(item(serviceCode(i), "示例诊疗项目" + (i + 1), random.nextLong(1_500, 17_000), random));
            }
        }
        return List.copyOf(items);
    }

    private static CatalogueItem item(
            final String code, final String name, final long usualFen, final SplittableRandom random) {
        final int draw = random.nextInt(PERCENT);
        final String level = draw < 45 ? "01" : draw < 90 ? "02" : "03";
        final int selfpayPropE4 =
                switch (level) {
                    case "01" -> 0;
                    case "02" -> 500 * random.nextInt(1, 7);
                    default -> 10_000;
                };
        final boolean ceiling = random.nextInt(PERCENT) < CEILING_PERCENT;
        final long usualPricE6 = usualFen * FEN_E6;
        final long ceilingE6 = ceiling ? usualPricE6 * random.nextInt(95, 141) / PERCENT : 0;
        return new CatalogueItem(code, name, level, selfpayPropE4, ceilingE6, usualPricE6);
    }

    /** Like XB03ACY199B002010104718. */
    private static String drugCode(final SplittableRandom random, final int index) {
        return "X" + letter(random) + Digits.random(random, 2) + letter(random) + letter(random) + letter(random)
                + Digits.random(random, 3) + letter(random) + Digits.random(random, 3)
                + Digits.padded(10_000_000L + index, 9);
    }

    private static String patentCode(final SplittableRandom random, final int index) {
        return "Z" + letter(random) + Digits.random(random, 2) + letter(random) + letter(random) + letter(random)
                + Digits.random(random, 4) + Digits.padded(10_000_000L + index, 9);
    }

    /** Like 003113000020000-31130000202. */
    private static String serviceCode(final int index) {
        return "0031" + Digits.padded(index, 7) + "0000-31" + Digits.padded(index, 7) + "02";
    }

    private static char letter(final SplittableRandom random) {
        return (char) ('A' + random.nextInt('V' - 'A' + 1));
    }
}
