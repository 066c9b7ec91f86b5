package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Business days, UTC+08:00, by integer arithmetic alone (proleptic Gregorian calendar).
 *
 * <p>Stateless; allocates nothing; never throws on times of this era.
 */
final class BusinessTime {
    static final long DAY_MS = 86_400_000L;
    static final long INVALID = Long.MIN_VALUE;
    private static final long ZONE_MS = 8 * 3_600_000L;
    private static final int TIMESTAMP_LENGTH = 14;
    private static final int DATE_LENGTH = 8;
    private static final int DAYS_OF_ERA = 146_097;
    private static final int EPOCH_SHIFT_DAYS = 719_468;
    private static final int[] MONTH_LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private BusinessTime() {}

    static int dayOf(final long timeMs) {
        return (int) Math.floorDiv(timeMs + ZONE_MS, DAY_MS);
    }

    static int yearOf(final long timeMs) {
        return dateOf(dayOf(timeMs)) / 10_000;
    }

    /** The day as the decimal number yyyyMMdd. */
    static int dateOf(final int day) {
        final int z = day + EPOCH_SHIFT_DAYS;
        final int era = Math.floorDiv(z, DAYS_OF_ERA);
        final int dayOfEra = z - era * DAYS_OF_ERA;
        final int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int shiftedMonth = (5 * dayOfYear + 2) / 153;
        final int dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        final int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        final int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year * 10_000 + month * 100 + dayOfMonth;
    }

    /** The first moment of a business day. */
    static long startOf(final int year, final int month, final int dayOfMonth) {
        final int shiftedYear = month <= 2 ? year - 1 : year;
        final int era = Math.floorDiv(shiftedYear, 400);
        final int yearOfEra = shiftedYear - era * 400;
        final int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1;
        final int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return ((long) era * DAYS_OF_ERA + dayOfEra - EPOCH_SHIFT_DAYS) * DAY_MS - ZONE_MS;
    }

    /** Writes yyyyMMdd. */
    static void putDate(final MutableDirectBuffer target, final int offset, final long timeMs) {
        Fields.putDigits(target, offset, dateOf(dayOf(timeMs)), 8);
    }

    /** Writes yyyyMMddHHmmss. */
    static void putTimestamp(final MutableDirectBuffer target, final int offset, final long timeMs) {
        putDate(target, offset, timeMs);
        final int second = (int) (Math.floorMod(timeMs + ZONE_MS, DAY_MS) / 1000);
        Fields.putDigits(target, offset + 8, second / 3600 * 10_000 + second / 60 % 60 * 100 + second % 60, 6);
    }

    /** Reads yyyyMMddHHmmss, or gives {@link #INVALID} where the characters name no moment. */
    static long parse(final DirectBuffer source, final int offset) {
        if (!Fields.isDigits(source, offset, TIMESTAMP_LENGTH)) {
            return INVALID;
        }
        final int year = Fields.number(source, offset, 4);
        final int month = Fields.number(source, offset + 4, 2);
        final int day = Fields.number(source, offset + 6, 2);
        final long timeOfDayMs = parseTime(source, offset + DATE_LENGTH);
        if (month < 1 || month > 12 || day < 1 || day > MONTH_LENGTHS[month - 1] || timeOfDayMs == INVALID) {
            return INVALID;
        }
        final long start = startOf(year, month, day);
        if (dateOf(dayOf(start)) != year * 10_000 + month * 100 + day) {
            return INVALID;
        }
        return start + timeOfDayMs;
    }

    /** Reads HHmmss, or gives {@link #INVALID}. */
    static long parseTime(final DirectBuffer source, final int offset) {
        if (!Fields.isDigits(source, offset, TIMESTAMP_LENGTH - DATE_LENGTH)) {
            return INVALID;
        }
        final int time = Fields.number(source, offset, TIMESTAMP_LENGTH - DATE_LENGTH);
        final int hour = time / 10_000;
        final int minute = time / 100 % 100;
        final int second = time % 100;
        return hour > 23 || minute > 59 || second > 59 ? INVALID : ((hour * 60L + minute) * 60 + second) * 1000;
    }
}
