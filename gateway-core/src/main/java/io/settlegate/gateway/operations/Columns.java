package io.settlegate.gateway.operations;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** The rule of each kind of column: gives null for a good value, else the reason, which never repeats the value. Stateless. */
final class Columns {
    private static final int[] IDENTITY_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String IDENTITY_CHECKS = "10X98765432";
    private static final int IDENTITY_LENGTH = 18;
    private static final int DATE_LENGTH = 10;
    private static final String OPTIONAL_DATE_RULE = "must be a date from 1970-01-01 on, like 2026-12-01, or empty";

    private Columns() {}

    static String digits(final String value, final int least, final int most) {
        final boolean good = value.length() >= least && value.length() <= most && isWithin(value, '0', '9');
        return good
                ? null
                : least == most ? "must be " + least + " digits" : "must be " + least + " to " + most + " digits";
    }

    static String code(final String value, final int most) {
        final boolean good = !value.isEmpty() && value.length() <= most && isWithin(value, '!', '~');
        return good ? null : "must be 1 to " + most + " visible ASCII characters";
    }

    private static boolean isWithin(final String value, final char first, final char last) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < first || value.charAt(i) > last) {
                return false;
            }
        }
        return true;
    }

    static String text(final String value, final int mostBytes) {
        final int length = value.getBytes(StandardCharsets.UTF_8).length;
        final boolean good = length > 0 && length <= mostBytes && value.chars().noneMatch(Character::isISOControl);
        return good ? null : "must be 1 to " + mostBytes + " bytes of UTF-8 without control characters";
    }

    static String institution(final String value) {
        final boolean good = value.length() == 12
                && (value.charAt(0) == 'H' || value.charAt(0) == 'P')
                && digits(value.substring(1), 11, 11) == null;
        return good ? null : "must be H or P, six digits of region, five digits";
    }

    static String oneOf(final String value, final String... allowed) {
        for (final String candidate : allowed) {
            if (candidate.equals(value)) {
                return null;
            }
        }
        return "must be one of " + String.join(", ", allowed);
    }

    static String publicKey(final String value) {
        try {
            Sm2PublicKey.decodeHex(value);
            return null;
        } catch (final IllegalArgumentException e) {
            return "must be an SM2 public key: 04, x, y as 130 hexadecimal digits (or 128 without 04)";
        }
    }

    /** GB 11643: seventeen digits, a date of birth among them, and a check character over the weights modulo 11. */
    static String identityNumber(final String value) {
        if (value.length() != IDENTITY_LENGTH || digits(value.substring(0, 17), 17, 17) != null) {
            return "must be 17 digits and a check character";
        }
        int sum = 0;
        for (int i = 0; i < IDENTITY_WEIGHTS.length; i++) {
            sum += (value.charAt(i) - '0') * IDENTITY_WEIGHTS[i];
        }
        if (value.charAt(17) != IDENTITY_CHECKS.charAt(sum % 11)) {
            return "check character is wrong (GB 11643)";
        }
        final int month = Integer.parseInt(value.substring(10, 12));
        final int day = Integer.parseInt(value.substring(12, 14));
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? null : "the date of birth is no date";
    }

    /** An ISO 8601 time with offset, in milliseconds since 1970; -1 where it is none. */
    static long timeMs(final String value) {
        try {
            return OffsetDateTime.parse(value).toInstant().toEpochMilli();
        } catch (final DateTimeException | ArithmeticException e) {
            return -1;
        }
    }

    /** A date like 2026-12-01 in days since 1970; -1 where it is none or an earlier one. */
    static int day(final String value) {
        if (value.length() != DATE_LENGTH) {
            return -1;
        }
        try {
            return (int) Math.max(-1, LocalDate.parse(value).toEpochDay());
        } catch (final DateTimeException e) {
            return -1;
        }
    }

    /** The first day of a period; an empty cell is the first of all days. */
    static int begnDay(final String value) {
        return value.isEmpty() ? 0 : day(value);
    }

    /** The first day after a period; an empty cell is none. */
    static int endDay(final String value) {
        return value.isEmpty() ? Integer.MAX_VALUE : day(value);
    }

    static String optionalDate(final String value) {
        return value.isEmpty() || day(value) >= 0 ? null : OPTIONAL_DATE_RULE;
    }

    static String date(final String value) {
        return day(value) >= 0 ? null : "must be a date from 1970-01-01 on, like 2026-12-01";
    }

    /** The first day after a period, which may be its first day: then it has none. */
    static String endDate(final String begndate, final String value) {
        final String date = optionalDate(value);
        return date != null || endDay(value) >= begnDay(begndate) ? date : "must not be before begndate";
    }

    /** A date of birth like 19561231. */
    static String birth(final String value) {
        final boolean good = digits(value, 8, 8) == null
                && isDate(value.substring(0, 4) + '-' + value.substring(4, 6) + '-' + value.substring(6));
        return good ? null : "must be a date like 19561231";
    }

    private static boolean isDate(final String value) {
        try {
            return LocalDate.parse(value).getYear() > 0;
        } catch (final DateTimeException e) {
            return false;
        }
    }

    /** A plain decimal without sign or exponent, scaled to a long; -1 where it is none or has more places or is too large. */
    static long decimal(final String value, final int places, final long most) {
        final int point = value.indexOf('.');
        final String whole = point < 0 ? value : value.substring(0, point);
        final String fraction = point < 0 ? "" : value.substring(point + 1);
        if (digits(whole, 1, 12) != null
                || fraction.length() > places
                || (point >= 0 && fraction.isEmpty())
                || (!fraction.isEmpty() && digits(fraction, 1, places) != null)) {
            return -1;
        }
        final long scaled = Long.parseLong(whole + fraction + "0".repeat(places - fraction.length()));
        return scaled <= most ? scaled : -1;
    }
}
