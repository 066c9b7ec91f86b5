package io.settlegate.gateway.inspection;

import java.util.Set;

/**
 * The one switch for what names a person: {@link #MASKED}, unless the record of an unmasked reading is durable.
 *
 * <p>Masked, it hides what names a person, or tells of a person's health, in everything that is shown of a record: identity numbers, names,
 * personal numbers, card numbers, tokens, numbers of invoices, of visits at the institution, of doctors, and of the operators of
 * a terminal; codes of diseases and diagnoses,
 * and what a person is entitled to. What is left is enough to compare with a paper in hand, and not to find the
 * person.
 *
 * <p>Immutable; any thread.
 */
public final class Masking {
    private static final Set<String> NUMBERS = Set.of(
            "psnNo",
            "certno",
            "mdtrtCertNo",
            "cardSn",
            "cardNo",
            "ecToken",
            "invono",
            "opterNo",
            "iptOtpNo",
            "iptNo",
            "atddrNo",
            "diseDorNo",
            "bilgDrCodg");
    /** Nothing is left of these: the first three characters of a diagnosis are its group of diseases. */
    private static final Set<String> HEALTH = Set.of("diseCodg", "diagCode", "entitlementCode");

    /** Over what names persons. */
    private static final Set<String> DIGESTS = Set.of("scopeDigest");

    private static final String HIDDEN = "**";
    private static final Set<String> NAMES = Set.of("psnName");
    /** A shorter value would be half told by its ends. */
    private static final int MIN_LENGTH_WITH_ENDS = 10;

    private static final int HEAD_LENGTH = 3;
    private static final int TAIL_LENGTH = 2;

    /** What everything shows unless it was said otherwise. */
    public static final Masking MASKED = new Masking(0);

    /** For comparing two values before either is masked: what this gives must not leave the package. */
    static final Masking FOR_COMPARISON = new Masking(Long.MAX_VALUE);

    private final long recordSequence;

    private Masking(final long recordSequence) {
        this.recordSequence = recordSequence;
    }

    /**
     * Shows all in clear.
     *
     * @param recordSequence of the durable record ReadUnmasked that says who reads what, and why.
     */
    public static Masking lifted(final long recordSequence) {
        if (recordSequence <= 0) {
            throw new IllegalArgumentException("nothing is shown unmasked without a record of it");
        }
        return new Masking(recordSequence);
    }

    /** True if nothing is hidden. */
    public boolean isLifted() {
        return recordSequence > 0;
    }

    /** The value of a field as it may be shown. Fields that name nobody are shown as they are. */
    public String shown(final String field, final String value) {
        if (isLifted() || value.isEmpty()) {
            return value;
        }
        if (NUMBERS.contains(field)) {
            return number(value);
        }
        if (HEALTH.contains(field)) {
            return HIDDEN;
        }
        return NAMES.contains(field) ? name(value) : value;
    }

    /** Whether a field that holds bytes is hidden: with a digest of what is masked, the masked digits can be tried. */
    public boolean hidesBytes(final String field) {
        return !isLifted() && DIGESTS.contains(field);
    }

    /** The first three and the last two characters of a long number; nothing of a short one. */
    public static String number(final String value) {
        final int length = value.length();
        if (length < MIN_LENGTH_WITH_ENDS) {
            return "*".repeat(length);
        }
        return value.substring(0, HEAD_LENGTH)
                + "*".repeat(length - HEAD_LENGTH - TAIL_LENGTH)
                + value.substring(length - TAIL_LENGTH);
    }

    /** The first character, which in a Chinese name is the family's, and nothing of how long the name is. */
    static String name(final String value) {
        return value.codePointCount(0, value.length()) < 2
                ? HIDDEN
                : value.substring(0, value.offsetByCodePoints(0, 1)) + HIDDEN;
    }
}
