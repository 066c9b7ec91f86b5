package io.settlegate.loadtest.population;

import java.time.LocalDate;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes persons of all ages: three in ten insured as employed or retired (310), the others as residents (390).
 *
 * <p>Identity numbers carry a correct check digit but begin with 99, a province that does not exist, so none is
 * anybody's.
 */
final class PersonGenerator {
    private static final long STREAM = 0x9E75L;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int PERCENT = 100;
    private static final int CARD_PERCENT = 92;
    private static final int VOUCHER_PERCENT = 2;
    private static final long CARD_NUMBERS = 100_000_000L;
    /** Has no factor in common with the numbers there are, so that no two persons get the same. */
    private static final long CARD_STEP = 70_001_207L;
    /** A larger city's persons are made each time they are asked for: held, ten million would take gigabytes. */
    private static final int MAX_HELD = 1_000_000;

    private static final int PER_MILLE = 1000;
    private static final int PAUSED_PER_MILLE = 5;
    private static final int LONG_NUMBER_PERCENT = 15;
    private static final int WORKER_PERCENT = 40;
    private static final int RETIRED_PERCENT = 45;
    private static final int ADULT_AGE = 18;
    private static final int SCHOOL_AGE = 7;
    private static final int STUDENT_AGE = 22;
    private static final int RETIREMENT_AGE = 60;
    private static final int MAX_AGE = 92;
    private static final LocalDate NEWEST_BIRTH = LocalDate.of(2026, 1, 1);
    private static final int DAYS_PER_YEAR = 365;
    private static final String SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";
    private static final String GIVEN = "安宁和平远达思源清泉明月星河松柏竹梅春夏秋冬书琴画诗云霞雨晴山川海洋";
    private static final int[] CHECK_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";

    private PersonGenerator() {}

    static List<Person> generate(final long seed, final int count) {
        if (count > MAX_HELD) {
            return new MadeWhenAsked(seed, count);
        }
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> person(seed, i))
                .toList();
    }

    private static Person person(final long seed, final int index) {
        final SplittableRandom random = new SplittableRandom(seed ^ STREAM ^ (index + 1L) * GOLDEN);
        final int age = Math.min(random.nextInt(MAX_AGE), random.nextInt(MAX_AGE + 20));
        final Region county = Region.COUNTIES.get(random.nextInt(Region.COUNTIES.size()));
        final boolean employed = age >= ADULT_AGE
                && random.nextInt(PERCENT) < (age >= RETIREMENT_AGE ? RETIRED_PERCENT : WORKER_PERCENT);
        return new Person(
                index,
                psnNo(random, index),
                name(random),
                certno(random, index, age),
                employed ? "310" : "390",
                employed ? workerType(random, age) : residentType(age),
                county.admdvs(),
                random.nextInt(PER_MILLE) < PAUSED_PER_MILLE ? "2" : "1",
                employed ? allocationFen(random, age) : 0,
                random.nextInt(PERCENT) < CARD_PERCENT ? cardNo(index) : "",
                random.nextInt(PERCENT) < VOUCHER_PERCENT
                        ? "EC" + Digits.padded(index, 8) + Digits.random(random, 22)
                        : "");
    }

    /** A letter and eight digits, in no order that shows. */
    private static String cardNo(final int index) {
        return "D" + Digits.padded(index * CARD_STEP % CARD_NUMBERS, 8);
    }

    /** Opaque to everybody: 20 digits or 26, and the index hidden in them so that no two are alike. */
    private static String psnNo(final SplittableRandom random, final int index) {
        final String tail = random.nextInt(PERCENT) < LONG_NUMBER_PERCENT ? Digits.random(random, 6) : "";
        return Region.POOL_AREA + Digits.random(random, 6) + Digits.padded(index, 8) + tail;
    }

    private static String name(final SplittableRandom random) {
        final StringBuilder name = new StringBuilder(3).append(SURNAMES.charAt(random.nextInt(SURNAMES.length())));
        for (int i = random.nextInt(2); i < 2; i++) {
            name.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
        }
        return name.toString();
    }

    private static String certno(final SplittableRandom random, final int index, final int age) {
        final LocalDate birth = NEWEST_BIRTH.minusDays((long) age * DAYS_PER_YEAR + random.nextInt(1, DAYS_PER_YEAR));
        // Index in the four region digits and the three serial ones: unique, for the first ten million at least by
        // birth too.
        final String region = "99" + Digits.padded(index / PER_MILLE % 10_000, 4);
        final String body = region
                + Digits.padded(birth.getYear() * 10_000L + birth.getMonthValue() * 100L + birth.getDayOfMonth(), 8)
                + Digits.padded(index % PER_MILLE, 3);
        return body + checkDigit(body);
    }

    /** ISO 7064 MOD 11-2 as GB 11643 has it. */
    static char checkDigit(final String seventeen) {
        int sum = 0;
        for (int i = 0; i < CHECK_WEIGHTS.length; i++) {
            sum += (seventeen.charAt(i) - '0') * CHECK_WEIGHTS[i];
        }
        return CHECK_DIGITS.charAt(sum % CHECK_DIGITS.length());
    }

    private static String workerType(final SplittableRandom random, final int age) {
        if (age >= RETIREMENT_AGE) {
            return random.nextInt(PERCENT) < 85 ? "1201" : "1202";
        }
        final int draw = random.nextInt(PERCENT);
        return draw < 70 ? "1101" : draw < 82 ? "1102" : "1103";
    }

    private static String residentType(final int age) {
        if (age < 1) {
            return "1401";
        }
        if (age < SCHOOL_AGE) {
            return "1402";
        }
        if (age < ADULT_AGE) {
            return "1403";
        }
        if (age < STUDENT_AGE) {
            return "1404";
        }
        return age < RETIREMENT_AGE ? "1501" : "1601";
    }

    private static long allocationFen(final SplittableRandom random, final int age) {
        final long yuan = age >= RETIREMENT_AGE ? random.nextLong(200, 9_000) : random.nextLong(0, 6_000);
        return yuan * 100 + random.nextInt(100);
    }

    /** Makes a person at each call. */
    private static final class MadeWhenAsked extends AbstractList<Person> implements RandomAccess {
        private final long seed;
        private final int count;

        private MadeWhenAsked(final long seed, final int count) {
            this.seed = seed;
            this.count = count;
        }

        @Override
        public Person get(final int index) {
            Objects.checkIndex(index, count);
            return person(seed, index);
        }

        @Override
        public int size() {
            return count;
        }
    }
}
