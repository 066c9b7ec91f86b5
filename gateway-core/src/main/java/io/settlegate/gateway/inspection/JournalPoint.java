package io.settlegate.gateway.inspection;

import io.settlegate.journal.RecordView;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.OptionalLong;

/**
 * A place in a journal as an operator names it: the record of a sequence, or the last record not later than a moment.
 *
 * <p>A value.
 *
 * @param sequence of the last record that belongs to it; {@link Long#MAX_VALUE} where a moment was named.
 * @param timeMs of the last moment that belongs to it; {@link Long#MAX_VALUE} where a sequence was named.
 */
public record JournalPoint(long sequence, long timeMs) {
    /** Everything. */
    public static final JournalPoint END = new JournalPoint(Long.MAX_VALUE, Long.MAX_VALUE);

    /** What may be written, for help and messages. */
    public static final String FORMS =
            "a sequence, an ISO 8601 time, or yyyy-MM-dd[ HH:mm[:ss]] in UTC+08:00, where a day is its first moment";

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final int MAX_DIGITS = 18;
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'HH:mm[:ss]][ HH:mm[:ss]]")
            .optionalStart()
            .appendFraction(ChronoField.MILLI_OF_SECOND, 1, 3, true)
            .optionalEnd()
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** @throws IllegalArgumentException for text that names no place; the message says what does. */
    public static JournalPoint parse(final String text) {
        final String stripped = text.strip();
        if (stripped.matches("[0-9]{1," + MAX_DIGITS + "}")) {
            return ofSequence(Long.parseLong(stripped));
        }
        try {
            return ofTime(momentOf(stripped));
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException("'" + CleanText.of(text) + "' names no place in a journal: " + FORMS, e);
        }
    }

    private static long momentOf(final String text) {
        final boolean hasZone = text.matches(".*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)");
        if (hasZone) {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        }
        final Object parsed = LOCAL.parseBest(text, LocalDateTime::from, LocalDate::from);
        final LocalDateTime local = parsed instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) parsed;
        return local.toInstant(BEIJING).toEpochMilli();
    }

    public static JournalPoint ofSequence(final long sequence) {
        return new JournalPoint(sequence, Long.MAX_VALUE);
    }

    public static JournalPoint ofTime(final long timeMs) {
        return new JournalPoint(Long.MAX_VALUE, timeMs);
    }

    /** True if the record and all after it lie behind this place. */
    public boolean isBefore(final RecordView record) {
        return record.sequence() > sequence || record.timeMs() > timeMs;
    }

    /** True if everything belongs to it. */
    public boolean isEnd() {
        return sequence == Long.MAX_VALUE && timeMs == Long.MAX_VALUE;
    }

    /** The sequence, if one was named. */
    public OptionalLong namedSequence() {
        return sequence == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    @Override
    public String toString() {
        if (isEnd()) {
            return "the end";
        }
        return timeMs == Long.MAX_VALUE ? "record " + sequence : ShownTime.of(timeMs);
    }
}
