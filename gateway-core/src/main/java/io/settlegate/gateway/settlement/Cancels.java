package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The cancels (2103, 2208, 2305) of each day within the horizon, by the business day of their msgids and the sequence of their records: which
 * settlement each undid, and what making it stand again needs that undoing it took away. Kept from rules 3 on.
 *
 * <pre>
 * row:  1 u8 | sequence i64 | the settlement: business day i32, sequence i64 | sequence of the stay's discharge before it, or 0, i64 |
 *       lines that it had settled i32 | disease whose payments it added to 30 |
 *       of an outpatient visit: med_type 6, dise_codg 30, main diagnosis 30
 * </pre>
 *
 * <p>Owned by the engine's thread; allocates nothing. After {@link #reserve} said yes, nothing here throws.
 */
final class Cancels {
    static final int KEY = 9;
    static final int LENGTH = 130;

    private static final int SEQUENCE = 1;
    private static final int SETTLEMENT_DAY = 9;
    private static final int SETTLEMENT = 13;
    private static final int DISCHARGE = 21;
    private static final int LINES = 29;
    private static final int DISEASE = 33;
    private static final int VISIT = 63;
    /** med_type, dise_codg, and diagnosis stand one behind the other in a visit's row too. */
    private static final int VISIT_WORDS = Rows.VISIT_DIAGNOSIS + Rows.DIAGNOSIS_LENGTH - Rows.VISIT_MED_TYPE;

    private final DayTables days;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY]);
    private FlatTable day;
    private int row;

    Cancels(final DayTables days) {
        this.days = days;
    }

    DayTables days() {
        return days;
    }

    void dropBefore(final long timeMs) {
        days.dropBefore(timeMs);
    }

    /** Room for a cancel whose msgid is of this business day, which lies within the horizon. */
    boolean reserve(final int msgidDay) {
        return days.ofDay(msgidDay).reserve(1);
    }

    /** Keeps the cancel of a request, before it undoes the settlement found last; the caller goes on with the row, then {@link #kept}. */
    void keep(final Request request, final SettlementDays settlements) {
        day = days.ofDay(request.msgidDay);
        row = day.append(request.sequence);
        day.putInt(row, SETTLEMENT_DAY, settlements.businessDay());
        day.putLong(row, SETTLEMENT, settlements.sequence());
    }

    /** The visit whose lines the settlement settled. */
    void keepVisit(final Visits visits, final int visitRow, final long settlement) {
        day.putInt(row, LINES, visits.lines.countSettled(visitRow, settlement));
        if (visits.isOf(visitRow, VisitKind.STAY)) {
            day.putLong(row, DISCHARGE, visits.dischargeOf(visitRow, settlement));
        } else {
            final UnsafeBuffer buffer = visits.table.buffer(visitRow);
            day.putBytes(row, VISIT, buffer, visits.table.offset(visitRow) + Rows.VISIT_MED_TYPE, VISIT_WORDS);
        }
    }

    /** The disease to whose payments the settlement added. */
    void keepDisease(final PersonYears years, final int diseaseRow) {
        years.copyDiseaseCode(diseaseRow, day.buffer(row), day.offset(row) + DISEASE);
    }

    void kept() {
        day.endWrite(row);
    }

    /** Whether the cancel of a msgid of this business day and of this record is known; then the methods below tell of it. */
    boolean find(final int msgidDay, final long sequence) {
        day = days.find(msgidDay);
        if (day == null) {
            return false;
        }
        key.putByte(0, (byte) 1);
        key.putLong(SEQUENCE, sequence);
        row = day.find(key, 0);
        return row >= 0;
    }

    int settlementDay() {
        return day.getInt(row, SETTLEMENT_DAY);
    }

    long settlement() {
        return day.getLong(row, SETTLEMENT);
    }

    /** Copies the code of the disease, thirty bytes; zeroes if there is none. */
    void copyDisease(final MutableDirectBuffer target) {
        target.putBytes(0, day.buffer(row), day.offset(row) + DISEASE, PersonYears.DISEASE_CODE_LENGTH);
    }

    /**
     * Whether the visit is what it was when the settlement was cancelled, so far as that settlement stands on it: all its lines are there and
     * settled by nobody; a stay that was discharged before the settlement has the same discharge; an outpatient visit has kind and
     * diagnoses as they were.
     */
    boolean isVisitAsItWas(final Visits visits, final int visitRow) {
        if (!visits.isThere(visitRow)
                || visits.lines.countUnsettledForNow(visitRow, settlement()) != day.getInt(row, LINES)) {
            return false;
        }
        if (visits.isOf(visitRow, VisitKind.STAY)) {
            final long discharge = day.getLong(row, DISCHARGE);
            return discharge == 0 || discharge == visits.discharge(visitRow);
        }
        final DirectBuffer buffer = day.buffer(row);
        return visits.holds(visitRow, Rows.VISIT_MED_TYPE, buffer, day.offset(row) + VISIT, VISIT_WORDS);
    }
}
