package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The visits: outpatient ones from registration, stays from admission, until they are cancelled or expire; with their
 * fee lines.
 *
 * <p>Expiry is by business day. An outpatient visit is found until some days after its registration or its last upload
 * of lines, how many {@link ExpiryTerms} says; a stay until as many days after its discharge, and never expires before
 * one. A settlement keeps its visit for the horizon of msgids and one day more, which is as long as it can be
 * cancelled; its lines stay with it.
 *
 * <p>Whether a visit is expired is asked whenever it is looked for, so that it does not matter when its memory is
 * freed: each new business day sets a sweep going that looks at a few rows with each command. A day that begins during
 * a sweep starts none.
 *
 * <p>Owned by the engine's thread. Full means refuse. The place of the sweep is part of the state, but not of its hash.
 */
final class Visits {
    static final byte OPEN = 1;
    static final byte DISCHARGED = 2;

    /** The most visits and lines together that a command looks at or frees. */
    static final int SWEPT_ROWS = 16;

    private static final int NEVER = Integer.MAX_VALUE;
    private static final int NO_SWEEP = -1;

    final FlatTable table;
    final FeeLines lines;
    final Stays stays;
    private final ExpiryTerms expiryTerms;
    private final int horizonDays;
    private int today = Integer.MIN_VALUE;
    private int sweepRow = NO_SWEEP;

    Visits(final TableLimits limits, final int horizonDays, final ExpiryTerms expiryTerms, final KeyedHash hash) {
        this.horizonDays = horizonDays;
        this.expiryTerms = expiryTerms;
        table = new FlatTable(
                TableId.VISITS, Rows.VISIT_KEY, Rows.VISIT_HASHED_LENGTH, Rows.VISIT_LENGTH, limits.visits(), hash);
        lines = new FeeLines(
                new FlatTable(TableId.FEE_LINES, Rows.LINE_KEY, Rows.LINE_LENGTH, limits.feeLines(), hash), table);
        stays = new Stays(new FlatTable(TableId.STAYS, Rows.STAYS_KEY, Rows.STAYS_LENGTH, limits.persons(), hash));
    }

    /** The tables, for what is computed over the whole state. */
    FlatTable[] tables() {
        return new FlatTable[] {table, lines.table, stays.table};
    }

    /** Tells the time of the next command and frees a bounded part of what is expired. Cannot throw. */
    void advanceTo(final long timeMs) {
        final int day = BusinessTime.dayOf(timeMs);
        if (day != today) {
            today = day;
            sweepRow = Math.max(sweepRow, 0);
        }
        if (sweepRow != NO_SWEEP) {
            sweep();
        }
    }

    private void sweep() {
        for (int looked = 0; looked < SWEPT_ROWS && sweepRow < table.end(); looked++) {
            final boolean isExpired = !table.isFree(sweepRow) && expiryDay(sweepRow) < today;
            if (isExpired && lines.first(sweepRow) >= 0) {
                lines.removeFirst(sweepRow);
            } else {
                if (isExpired) {
                    table.remove(sweepRow);
                }
                sweepRow++;
            }
        }
        if (sweepRow >= table.end()) {
            sweepRow = NO_SWEEP;
        }
    }

    /** The business day of the last command; {@code Integer.MIN_VALUE} before the first. */
    int today() {
        return today;
    }

    /** The row at which the sweep goes on; -1 if none is under way. */
    int sweepRow() {
        return sweepRow;
    }

    /** Goes on where other visits with the same rows were, whose day and sweep these are. */
    void resume(final int day, final int row) {
        today = day;
        sweepRow = row;
    }

    /** Whether the next command may free rows. */
    boolean isSweeping() {
        return sweepRow != NO_SWEEP;
    }

    /** The visit of this mdtrt_id, or -1 if there never was one or it is cancelled or expired. */
    int find(final DirectBuffer mdtrtId, final int offset) {
        final int row = table.find(mdtrtId, offset);
        return row < 0 || expiryDay(row) < today ? -1 : row;
    }

    /** Whether the row is that of a visit which {@link #find} would find. */
    boolean isThere(final int row) {
        return !table.isFree(row) && expiryDay(row) >= today;
    }

    /**
     * Begins the visit of a request, for which there is room and whose msgid is bound; the caller fills the row and then calls
     * {@link #opened}.
     */
    int open(final VisitKind kind, final DirectBuffer mdtrtId, final Request request) {
        final int row = table.insert(mdtrtId, 0, Rows.VISIT_KEY);
        table.putByte(row, Rows.VISIT_KIND, kind.number);
        table.putByte(row, Rows.VISIT_STATE, OPEN);
        table.putInt(row, Rows.VISIT_PERSON, request.personRow);
        table.putInt(row, Rows.VISIT_INSTITUTION, request.institutionRow);
        table.putInt(row, Rows.VISIT_REGION, request.regionRow);
        table.putInt(row, Rows.VISIT_MSGID_DAY, request.msgidDay);
        table.putInt(row, Rows.VISIT_MSGID_ROW, request.msgidRow);
        return row;
    }

    void opened(final int row) {
        table.putInt(
                row, Rows.VISIT_EXPIRY_DAY, isOf(row, VisitKind.STAY) ? NEVER : today + expiryTerms.expireDays(row));
        table.endWrite(row);
    }

    /** Takes a visit back under which nothing is settled, with its lines; a stay is open and counts no longer in its year. */
    void cancel(final int row, final DirectBuffer psnNo, final int offset) {
        if (isOf(row, VisitKind.STAY)) {
            stays.cancel(psnNo, offset, BusinessTime.yearOf(begntimeMs(row)));
        }
        lines.removeAll(row);
        table.remove(row);
    }

    /** Whether a visit may be taken back: it is open, and no settlement of it stands. */
    boolean isCancellable(final int row) {
        return state(row) == OPEN && settlements(row) == 0;
    }

    /** Lines were uploaded: the days to expiry count from today. */
    void touch(final int row) {
        table.beginWrite(row);
        keep(row, expiryTerms.expireDays(row));
        table.endWrite(row);
    }

    /** Ends a stay whose row is being written. */
    void discharge(final int row, final long endtimeMs, final long sequence) {
        table.putByte(row, Rows.VISIT_STATE, DISCHARGED);
        table.putLong(row, Rows.VISIT_ENDTIME, endtimeMs);
        table.putLong(row, Rows.VISIT_DISCHARGE, sequence);
        final int days = expiryTerms.expireDays(row);
        table.putInt(
                row, Rows.VISIT_EXPIRY_DAY, today + (settlements(row) > 0 ? Math.max(days, horizonDays + 1) : days));
    }

    void cancelDischarge(final int row) {
        table.beginWrite(row);
        table.putByte(row, Rows.VISIT_STATE, OPEN);
        table.putLong(row, Rows.VISIT_ENDTIME, 0);
        table.putLong(row, Rows.VISIT_DISCHARGE, 0);
        table.putInt(row, Rows.VISIT_EXPIRY_DAY, NEVER);
        table.endWrite(row);
    }

    /**
     * A settlement of the visit was booked now. Its lines are marked one by one, see {@link FeeLines#settle}.
     *
     * @param dedcFen what it used of the visit's deductible.
     * @param baseFen its amount behind the deductible.
     */
    void settle(final int row, final long dedcFen, final long baseFen) {
        table.beginWrite(row);
        addSettlement(row, 1, state(row) == DISCHARGED, dedcFen, baseFen);
        // A msgid may be ahead of the clock by minutes, so of tomorrow.
        keep(row, horizonDays + 1);
        table.endWrite(row);
    }

    /** The settlement of this sequence was undone. Its lines become unsettled by {@link FeeLines#unsettle}. */
    void unsettle(final int row, final long sequence, final long dedcFen, final long baseFen) {
        table.beginWrite(row);
        addSettlement(row, -1, isAfterDischarge(row, sequence), -dedcFen, -baseFen);
        table.endWrite(row);
    }

    /** The settlement of this sequence, which was undone, stands again. Its lines are settled by {@link FeeLines#settleAgain}. */
    void settleAgain(final int row, final long sequence, final long dedcFen, final long baseFen) {
        table.beginWrite(row);
        addSettlement(row, 1, isAfterDischarge(row, sequence), dedcFen, baseFen);
        keep(row, horizonDays + 1);
        table.endWrite(row);
    }

    private void addSettlement(
            final int row, final int count, final boolean isAfterDischarge, final long dedcFen, final long baseFen) {
        table.putInt(row, Rows.VISIT_SETTLEMENTS, settlements(row) + count);
        if (isAfterDischarge) {
            final short after = (short) (settlementsAfterDischarge(row) + count);
            table.buffer(row).putShort(table.offset(row) + Rows.VISIT_SETTLED_AFTER, after);
        }
        table.putLong(row, Rows.VISIT_DEDC, dedcUsedFen(row) + dedcFen);
        table.putLong(row, Rows.VISIT_BASE, baseFen(row) + baseFen);
    }

    private boolean isAfterDischarge(final int row, final long sequence) {
        return dischargeOf(row, sequence) != 0;
    }

    /** The sequence of the stay's discharge if it came before the settlement of this one, else 0. */
    long dischargeOf(final int row, final long settlement) {
        final long discharge = discharge(row);
        return discharge < settlement ? discharge : 0;
    }

    /** The sequence of the discharge; 0 if there is none. */
    long discharge(final int row) {
        return table.getLong(row, Rows.VISIT_DISCHARGE);
    }

    /** Business day of the table of the msgid that opened the visit. */
    int msgidDay(final int row) {
        return table.getInt(row, Rows.VISIT_MSGID_DAY);
    }

    /** Its row there, as long as the day stands. */
    int msgidRow(final int row) {
        return table.getInt(row, Rows.VISIT_MSGID_ROW);
    }

    private void keep(final int row, final int days) {
        table.putInt(row, Rows.VISIT_EXPIRY_DAY, Math.max(expiryDay(row), today + days));
    }

    boolean isOf(final int row, final VisitKind kind) {
        return table.getByte(row, Rows.VISIT_KIND) == kind.number;
    }

    /** {@link #OPEN} or {@link #DISCHARGED}. */
    byte state(final int row) {
        return table.getByte(row, Rows.VISIT_STATE);
    }

    int personRow(final int row) {
        return table.getInt(row, Rows.VISIT_PERSON);
    }

    int institutionRow(final int row) {
        return table.getInt(row, Rows.VISIT_INSTITUTION);
    }

    /** Of the region where the person was insured when the visit was opened. */
    int regionRow(final int row) {
        return table.getInt(row, Rows.VISIT_REGION);
    }

    long begntimeMs(final int row) {
        return table.getLong(row, Rows.VISIT_BEGNTIME);
    }

    /** Of a discharged stay, else 0. */
    long endtimeMs(final int row) {
        return table.getLong(row, Rows.VISIT_ENDTIME);
    }

    /** The number of the stay in the year of its begntime, from 1; 0 of an outpatient visit. */
    int stayNumber(final int row) {
        return table.buffer(row).getShort(table.offset(row) + Rows.VISIT_STAY_NUMBER) & 0xFFFF;
    }

    /** Settlements that stand. */
    int settlements(final int row) {
        return table.getInt(row, Rows.VISIT_SETTLEMENTS);
    }

    /** Those of them that were made since the discharge. */
    int settlementsAfterDischarge(final int row) {
        return table.buffer(row).getShort(table.offset(row) + Rows.VISIT_SETTLED_AFTER) & 0xFFFF;
    }

    /** What the settlements that stand used of the visit's deductible. */
    long dedcUsedFen(final int row) {
        return table.getLong(row, Rows.VISIT_DEDC);
    }

    /** The amounts of the settlements that stand behind the deductible. */
    long baseFen(final int row) {
        return table.getLong(row, Rows.VISIT_BASE);
    }

    /** The last business day on which the visit is found. */
    int expiryDay(final int row) {
        return table.getInt(row, Rows.VISIT_EXPIRY_DAY);
    }

    /** Whether a field of the row holds the same as a field of a message. */
    boolean holds(final int row, final int field, final DirectBuffer source, final int offset, final int length) {
        final UnsafeBuffer buffer = table.buffer(row);
        return Fields.equal(source, offset, buffer, table.offset(row) + field, length);
    }
}
