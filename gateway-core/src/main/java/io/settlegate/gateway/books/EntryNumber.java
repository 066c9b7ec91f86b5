package io.settlegate.gateway.books;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * What the numbers say by which a book names an entry: a setl_id holds the sequence of its record (region 6, day 8, sequence 16), a msgid
 * the time at which its sender made it (institution 12, yyyyMMddHHmmss, number 4).
 *
 * <p>Stateless.
 */
public final class EntryNumber {
    private static final int LENGTH = 30;
    private static final int SEQUENCE_START = 14;
    private static final int TIME_START = 12;
    private static final int TIME_END = 26;
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    private EntryNumber() {}

    /** The sequence in a setl_id; 0 where it is none. No settlement is record 0. */
    public static long sequenceIn(final String setlId) {
        return setlId.length() == LENGTH && isDigits(setlId, 0, LENGTH)
                ? Long.parseLong(setlId.substring(SEQUENCE_START))
                : 0;
    }

    /** The time in a msgid, UTC milliseconds; -1 where it is none. */
    public static long timeMsIn(final String msgid) {
        if (msgid.length() != LENGTH || !isDigits(msgid, TIME_START, LENGTH)) {
            return -1;
        }
        try {
            return LocalDateTime.parse(msgid.substring(TIME_START, TIME_END), TIME)
                    .toInstant(ZONE)
                    .toEpochMilli();
        } catch (final DateTimeException e) {
            return -1;
        }
    }

    private static boolean isDigits(final String text, final int begin, final int end) {
        for (int i = begin; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
