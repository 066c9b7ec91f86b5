package io.settlegate.protocol.codes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class InformationCodeTest {
    private static final String DIGITS = "0123456789";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int ROUNDS = 200;

    /** Forms written down once more, in the test's own signs: 9 a digit, A a capital, ? either, and others as they are. */
    private static final Map<InformationCode, List<String>> FORMS = Map.of(
            InformationCode.DIAGNOSIS_AND_OPERATION,
            List.of(
                    "A99",
                    "A99.9",
                    "A99.99",
                    "A99.999",
                    "A99.x99",
                    "A99.999x999",
                    "99.9",
                    "99.99",
                    "99.9999",
                    "99.9999x999"),
            InformationCode.MEDICAL_INSTITUTION,
            List.of("H99999999999"),
            InformationCode.PHYSICIAN,
            List.of("D999999999999"),
            InformationCode.RETAIL_PHARMACY,
            List.of("P99999999999"),
            InformationCode.PHARMACIST,
            List.of("HY999999999999", "HJ999999999999"),
            InformationCode.DRUG,
            List.of("X??????????????????????", "Z???????????????????", "T?????????", "T???????????????????"),
            InformationCode.CONSUMABLE,
            List.of("C???????????????????", "C???????????????????9999999"),
            InformationCode.SERVICE_ITEM,
            List.of("999999999999999", "999999999999999-???????????", "999999999999999-????????????"),
            InformationCode.CHRONIC_DISEASE,
            List.of("M99999"));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldTakeCodesThatAreInUse() {
        assertForm(InformationCode.MEDICAL_INSTITUTION, "H43111100255", true);
        assertForm(InformationCode.RETAIL_PHARMACY, "P31010100003", true);
        assertForm(InformationCode.PHYSICIAN, "D610724006954", true);
        assertForm(InformationCode.DRUG, "XB03ACY199B002010104718", true);
        assertForm(InformationCode.SERVICE_ITEM, "003113000020000-31130000202", true);
        assertForm(InformationCode.DIAGNOSIS_AND_OPERATION, "E11.900", true);
        assertForm(InformationCode.DIAGNOSIS_AND_OPERATION, "I63.9", true);
        assertForm(InformationCode.CHRONIC_DISEASE, "M01600", true);
    }

    @Test
    void shouldTakeEveryCodeOfARightForm() {
        FORMS.forEach((code, forms) -> {
            for (final String form : forms) {
                for (int round = 0; round < ROUNDS; round++) {
                    assertForm(code, drawn(form), true);
                }
            }
        });
    }

    @Test
    void shouldRefuseEachLengthThatNoFormHas() {
        FORMS.forEach((code, forms) -> {
            final Set<Integer> lengths = new HashSet<>();
            forms.forEach(form -> lengths.add(form.length()));
            for (final String form : forms) {
                for (int length = 1; length <= form.length() + 3; length++) {
                    final String right = drawn(form);
                    final String wrong = length <= form.length()
                            ? right.substring(0, length)
                            : right + "0".repeat(length - form.length());
                    if (!lengths.contains(length)) {
                        assertForm(code, wrong, false);
                    }
                }
            }
        });
    }

    @Test
    void shouldRefuseALetterWhereADigitStandsAndAnotherFirstLetter() {
        FORMS.forEach((code, forms) -> {
            for (final String form : forms) {
                final int place = form.indexOf('9') < 0 ? -1 : placeOf(form, '9');
                if (place > 0) {
                    assertForm(code, with(drawn(form), place, pick("abcyQO")), false);
                }
                assertForm(
                        code,
                        with(drawn(form), 0, pick("hdpxztcm")),
                        code == InformationCode.DRUG || code == InformationCode.PHARMACIST);
            }
        });
        assertForm(InformationCode.MEDICAL_INSTITUTION, "P43111100255", false);
        assertForm(InformationCode.RETAIL_PHARMACY, "H31010100003", false);
        assertForm(InformationCode.PHARMACIST, "HX431111000001", false);
    }

    @Test
    void shouldRefuseALetterInTheRegion() {
        for (int place = 1; place <= 6; place++) {
            assertForm(InformationCode.MEDICAL_INSTITUTION, with("H43111100255", place, 'A'), false);
            assertForm(InformationCode.RETAIL_PHARMACY, with("P31010100003", place, 'o'), false);
            assertForm(InformationCode.PHYSICIAN, with("D610724006954", place, 'l'), false);
            assertForm(InformationCode.PHARMACIST, with("HY610724006954", place + 1, 'O'), false);
        }
    }

    @Test
    void shouldRefuseASpaceAZeroOrAForeignCharacterAnywhere() {
        for (final InformationCode code : InformationCode.values()) {
            for (int round = 0; round < ROUNDS; round++) {
                final String right = FORMS.containsKey(code)
                        ? drawn(FORMS.get(code)
                                .get(random.nextInt(FORMS.get(code).size())))
                        : "AB-12345";
                assertForm(code, right, true);
                for (final char wrong : new char[] {' ', '\n', '\u007f', '\u00e9', '\uff11'}) {
                    assertForm(code, with(right, random.nextInt(right.length()), wrong), false);
                }
                assertForm(code, with(right, random.nextInt(right.length() - 1), '\0'), false);
                assertForm(code, ' ' + right, false);
                assertForm(code, right + ' ', false);
            }
        }
    }

    @Test
    void shouldRefuseNothingAndTooMuch() {
        for (final InformationCode code : InformationCode.values()) {
            assertForm(code, "", false);
            assertForm(code, "B".repeat(code.maxLength() + 1), false);
            if (code.certainty() == Certainty.UNKNOWN) {
                assertForm(code, "B".repeat(code.maxLength()), true);
            }
        }
    }

    /** The bytes beside the field are another field's, and do not matter. */
    @Test
    void shouldLookAtTheFieldAlone() {
        final UnsafeBuffer buffer = new UnsafeBuffer("999H4311110025599".getBytes(StandardCharsets.US_ASCII));
        assertThat(InformationCode.MEDICAL_INSTITUTION.isForm(buffer, 3, 12)).isTrue();
        assertThat(InformationCode.MEDICAL_INSTITUTION.isForm(buffer, 3, 13)).isFalse();
        assertThat(InformationCode.MEDICAL_INSTITUTION.isForm(buffer, 2, 12)).isFalse();
    }

    /** The engine asks on its own thread. The first rounds run interpreted and may allocate; of the later ones one try must not. */
    @Test
    void shouldAllocateNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final UnsafeBuffer field = new UnsafeBuffer(new byte[50]);
        field.putBytes(0, "003113000020000-31130000202".getBytes(StandardCharsets.US_ASCII));
        final InformationCode[] codes = InformationCode.values();
        long least = Long.MAX_VALUE;
        int taken = 0;
        for (int attempt = 0; attempt < 20; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int round = 0; round < 1_000; round++) {
                for (int i = 0; i < codes.length; i++) {
                    taken += codes[i].isForm(field, 0, 50) ? 1 : 0;
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(taken).isPositive();
        assertThat(least).isZero();
    }

    @Test
    void shouldBeTheFifteenStandards() {
        assertThat(InformationCode.values()).hasSize(15);
        final Set<String> names = new HashSet<>();
        for (final InformationCode code : InformationCode.values()) {
            assertThat(names.add(code.nameZh())).as(code.nameZh()).isTrue();
        }
    }

    /** Both checks say the same, also of a field that is wider than the code. */
    private void assertForm(final InformationCode code, final String text, final boolean expected) {
        assertThat(code.isForm(text)).as("%s '%s', seed %d", code, text, seed).isEqualTo(expected);
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer field = new UnsafeBuffer(new byte[bytes.length + random.nextInt(20)]);
        field.putBytes(0, bytes);
        assertThat(code.isForm(field, 0, field.capacity()))
                .as("bytes of %s '%s', seed %d", code, text, seed)
                .isEqualTo(expected);
    }

    private String drawn(final String form) {
        final StringBuilder code = new StringBuilder();
        for (int i = 0; i < form.length(); i++) {
            final char sign = form.charAt(i);
            code.append(
                    switch (sign) {
                        case '9' -> pick(DIGITS);
                        case 'A' -> pick(CAPITALS);
                        case '?' -> pick(DIGITS + CAPITALS);
                        default -> sign;
                    });
        }
        return code.toString();
    }

    private int placeOf(final String form, final char sign) {
        int place;
        do {
            place = random.nextInt(form.length());
        } while (form.charAt(place) != sign);
        return place;
    }

    private char pick(final String characters) {
        return characters.charAt(random.nextInt(characters.length()));
    }

    private static String with(final String text, final int place, final char character) {
        return text.substring(0, place) + character + text.substring(place + 1);
    }
}
