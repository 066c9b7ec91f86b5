package io.settlegate.loadtest.population;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes hospitals and pharmacies, spread over the counties: three pharmacies to two hospitals. */
final class InstitutionGenerator {
    private static final long STREAM = 0x1A57L;
    private static final int PHARMACIES_OF_FIVE = 3;
    private static final int GROUP = 5;

    /** Levels as they occur: many small hospitals, few of the third level (01). */
    private static final String[] HOSPITAL_LEVELS = {
        "09", "08", "07", "09", "06", "05", "03", "09", "02", "01", "04", "10"
    };

    private InstitutionGenerator() {}

    static List<Institution> generate(final long seed, final int count) {
        final SplittableRandom random = new SplittableRandom(seed ^ STREAM);
        final List<Institution> institutions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final Region county = Region.COUNTIES.get(i % Region.COUNTIES.size());
            // Offset by the round, so that each county gets both kinds.
            final boolean pharmacy = (i + i / Region.COUNTIES.size()) % GROUP < PHARMACIES_OF_FIVE;
            institutions.add(pharmacy ? pharmacy(county, i + 1) : hospital(county, i + 1, random));
        }
        return List.copyOf(institutions);
    }

    private static Institution pharmacy(final Region county, final int number) {
        return new Institution(
                "P" + county.admdvs() + Digits.padded(number, 5),
                county.name() + "示例大药房第" + number + "店",
                county.admdvs(),
                "11");
    }

    private static Institution hospital(final Region county, final int number, final SplittableRandom random) {
        final String level = HOSPITAL_LEVELS[random.nextInt(HOSPITAL_LEVELS.length)];
        return new Institution(
                "H" + county.admdvs() + Digits.padded(number, 5),
                county.name() + "示例第" + number + "医院",
                county.admdvs(),
                level);
    }
}
