package io.settlegate.gateway.inspection;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A place in a journal as a person names it: a sequence, or a time.
 *
 * <p>A value. A time that is written shorter than to the millisecond is a period: it begins with its first millisecond and ends
 * with its last.
 *
 * @param unit of both numbers.
 * @param first sequence or millisecond.
 * @param last sequence or millisecond.
 */
public record JournalPoint(Unit unit, long first, long last) {
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    /** Of 2026-11-22, 2026-11-22T17:45, and 2026-11-22T17:45:30. */
    private static final int DAY_LENGTH = 10;

    private static final int MINUTE_LENGTH = 16;
    private static final int SECOND_LENGTH = 19;
    private static final String EXPECTED =
            " is neither a sequence nor a time; write 48213, 2026-11-22, 2026-11-22T17:45, or 2026-11-22T17:45:30.123+08:00";

    /** What a point counts in. */
    public enum Unit {
        SEQUENCE,
        TIME
    }

    /** A sequence. */
    public static JournalPoint ofSequence(final long sequence) {
        return new JournalPoint(Unit.SEQUENCE, sequence, sequence);
    }

    /** A millisecond. */
    public static JournalPoint ofTime(final long timeMs) {
        return new JournalPoint(Unit.TIME, timeMs, timeMs);
    }

    /**
     * Reads digits as a sequence and all else as a time, in UTC+08:00 where it names no offset.
     *
     * @throws IllegalArgumentException that says how to write one.
     */
    public static JournalPoint parse(final String text) {
        if (text.matches("[0-9]{1,18}")) {
            return ofSequence(Long.parseLong(text));
        }
        try {
            return time(text.replace(' ', 'T'));
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(text + EXPECTED, e);
        }
    }

    private static JournalPoint time(final String text) {
        if (text.length() == DAY_LENGTH) {
            final LocalDateTime day = LocalDate.parse(text).atStartOfDay();
            return period(day.atOffset(BEIJING), ChronoUnit.DAYS);
        }
        final int offset = offsetStart(text);
        final OffsetDateTime from =
                offset < 0 ? LocalDateTime.parse(text).atOffset(BEIJING) : OffsetDateTime.parse(text);
        return switch (offset < 0 ? text.length() : offset) {
            case MINUTE_LENGTH -> period(from, ChronoUnit.MINUTES);
            case SECOND_LENGTH -> period(from, ChronoUnit.SECONDS);
            default -> ofTime(from.toInstant().toEpochMilli());
        };
    }

    /** Where the offset from UTC begins, or -1. */
    private static int offsetStart(final String text) {
        for (int i = DAY_LENGTH; i < text.length(); i++) {
            if ("Z+-".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static JournalPoint period(final OffsetDateTime from, final ChronoUnit unit) {
        return new JournalPoint(
                Unit.TIME,
                from.toInstant().toEpochMilli(),
                from.plus(1, unit).toInstant().toEpochMilli() - 1);
    }
}
