package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;

/**
 * The two kinds of visit: outpatient ones are registered (2201), stays are admitted (2401). The number stands in the
 * rows.
 */
enum VisitKind {
    OUTPATIENT(1),
    STAY(2);

    private static final int MED_TYPE_LENGTH = 6;
    private static final int MAIN_LENGTH = 2;
    private static final int CHRONIC = 14;

    final byte number;

    VisitKind(final int number) {
        this.number = (byte) number;
    }

    /** Whether a med_type is one of this kind's: 14 of outpatient visits may be told apart by four more digits. */
    boolean isMedType(final DirectBuffer buffer, final int offset) {
        if (!Fields.isDigits(buffer, offset, MAIN_LENGTH)) {
            return false;
        }
        final int medType = Fields.number(buffer, offset, MAIN_LENGTH);
        final boolean isMainOnly = Fields.isZero(buffer, offset + MAIN_LENGTH, MED_TYPE_LENGTH - MAIN_LENGTH);
        if (this == OUTPATIENT && medType == CHRONIC) {
            return isMainOnly || Fields.isDigits(buffer, offset + MAIN_LENGTH, MED_TYPE_LENGTH - MAIN_LENGTH);
        }
        return isMainOnly && (this == OUTPATIENT ? isOutpatient(medType) : isStay(medType));
    }

    private static boolean isOutpatient(final int medType) {
        return switch (medType) {
            case 11, 12, 13, 15, 19, 51, 53 -> true;
            default -> false;
        };
    }

    private static boolean isStay(final int medType) {
        return (medType >= 21 && medType <= 28) || medType == 52;
    }
}
