package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The numbers that the gateway gives, setl_id and sign_no: unique, because a record's sequence is.
 *
 * <pre>
 * region 6 | business day of the record yyyyMMdd 8 | sequence of the record, sixteen digits
 * </pre>
 *
 * <p>Stateless; allocates nothing.
 */
final class GatewayNumber {
    static final int LENGTH = 30;
    private static final int DATE = 6;
    private static final int DATE_LENGTH = 8;
    private static final int SEQUENCE = 14;
    private static final int SEQUENCE_LENGTH = 16;

    private GatewayNumber() {}

    static void put(
            final MutableDirectBuffer target,
            final int offset,
            final String region,
            final int day,
            final long sequence) {
        target.putStringWithoutLengthAscii(offset, region);
        Fields.putDigits(target, offset + DATE, BusinessTime.dateOf(day), DATE_LENGTH);
        Fields.putDigits(target, offset + SEQUENCE, sequence, SEQUENCE_LENGTH);
    }

    /** Whether these are thirty digits. */
    static boolean isNumber(final DirectBuffer source, final int offset) {
        return Fields.isDigits(source, offset, LENGTH);
    }

    /** The sequence in a number of thirty digits. */
    static long sequence(final DirectBuffer source, final int offset) {
        long value = 0;
        for (int i = 0; i < SEQUENCE_LENGTH; i++) {
            value = value * 10 + source.getByte(offset + SEQUENCE + i) - '0';
        }
        return value;
    }

    /** The business day in a number of thirty digits; of digits that are no date, some number. */
    static int day(final DirectBuffer source, final int offset) {
        final int date = Fields.number(source, offset + DATE, DATE_LENGTH);
        return BusinessTime.dayOf(BusinessTime.startOf(date / 10_000, date / 100 % 100, date % 100));
    }
}
