package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;

/** What a reversal (2601) undoes, by the oinfno that its request and its outcome name. */
public enum ReversedKind {
    /** 2102, 2207, 2304: the amounts of the reversal are negative. */
    SETTLEMENT,
    /** 2103, 2208, 2305: the settlement stands again, and the amounts of the reversal are what it gave. */
    CANCEL,
    /** 2401: no money moves. */
    ADMISSION;

    private static final String[] SETTLEMENTS = {"2102", "2207", "2304"};
    private static final String[] CANCELS = {"2103", "2208", "2305"};
    private static final String[] ADMISSIONS = {"2401"};
    private static final int OINFNO_LENGTH = 6;

    /** The kind of an oinfno, six characters; null if nothing of it can be reversed. */
    public static ReversedKind of(final DirectBuffer buffer, final int oinfno) {
        if (isOneOf(SETTLEMENTS, buffer, oinfno)) {
            return SETTLEMENT;
        }
        if (isOneOf(CANCELS, buffer, oinfno)) {
            return CANCEL;
        }
        return isOneOf(ADMISSIONS, buffer, oinfno) ? ADMISSION : null;
    }

    private static boolean isOneOf(final String[] codes, final DirectBuffer buffer, final int oinfno) {
        for (final String code : codes) {
            if (Fields.holds(buffer, oinfno, OINFNO_LENGTH, code)) {
                return true;
            }
        }
        return false;
    }
}
