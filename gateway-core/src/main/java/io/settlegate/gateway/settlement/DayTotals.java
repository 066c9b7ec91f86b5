package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Shares;
import java.time.LocalDate;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What each institution's settlements of each business day come to, by the office where the persons are insured, insurance, and
 * clearing type. Two sets of figures:
 *
 * <pre>
 * by their own days:   settlements, and those that stand again, added on the day of their record; what undid one, taken off on the
 *                      day of the undoing's record. A day that is over never changes.
 * what stands:         the settlements of a day that are not undone, whenever that was.
 * key:   clr_type u8 | insutype u16 | region's row u16 | institution's row i32
 * row:   key 9, zeros 3 | settlements i32 | undone i32 | settlements by credential 01, 02, 03, i32 each | standing i32 | zeros 4 |
 *        by their own days i64: medfee, fund, hifp, cvlserv, hifes, hifmi, hifob, maf, oth, acct, mulaid, cash, hosp |
 *        standing i64: medfee, fund, acct, cash
 * </pre>
 *
 * <p>Owned by the engine's thread; allocates nothing once a day's tables have grown. After {@link #reserve} said yes, nothing here
 * throws. A settlement that stands again counts as one more, by no credential.
 */
final class DayTotals {
    /** Business days before today whose totals are kept. */
    static final int KEPT_DAYS = 60;

    static final int KEY = 9;
    static final int LENGTH = 176;

    private static final int INSUTYPE = 1;
    private static final int REGION = 3;
    private static final int INSTITUTION = 5;
    private static final int SETTLED_COUNT = 12;
    private static final int UNDONE_COUNT = 16;
    private static final int CREDENTIAL_COUNTS = 20;
    private static final int CREDENTIAL_TYPES = 3;
    private static final int STANDING_COUNT = 32;
    private static final int MEDFEE = 40;
    private static final int FUND_SUM = 48;
    private static final int FUNDS = 56;
    private static final int ACCT = 112;
    private static final int MULAID = 120;
    private static final int CASH = 128;
    private static final int HOSP = 136;
    private static final int STANDING_MEDFEE = 144;
    private static final int STANDING_FUND_SUM = 152;
    private static final int STANDING_ACCT = 160;
    private static final int STANDING_CASH = 168;

    private static final int OUTPATIENT = 11;
    private static final int INPATIENT = 21;
    private static final int PHARMACY = 41;

    private final DayTables days;
    private final FlatTable institutions;
    private final Visits visits;
    private final BelievedRows rowsOfInstitutions = new BelievedRows();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY]);

    DayTotals(final DayTables days, final FlatTable institutions, final Visits visits) {
        this.days = days;
        this.institutions = institutions;
        this.visits = visits;
    }

    /** The clearing type of a settlement, which is that of its med_type: pharmacies settle 41 only, and stays 21 to 28 and 52. */
    int clrType(final int institutionRow, final int visitRow) {
        if (visitRow >= 0) {
            return visits.isOf(visitRow, VisitKind.STAY) ? INPATIENT : OUTPATIENT;
        }
        return institutions.getByte(institutionRow, 0) == 'P' ? PHARMACY : OUTPATIENT;
    }

    static boolean isClrType(final int clrType) {
        return clrType == OUTPATIENT || clrType == INPATIENT || clrType == PHARMACY;
    }

    /** Room for what one command adds today. */
    boolean reserve(final long timeMs) {
        return days.table(timeMs).reserve(1);
    }

    /**
     * Counts a settlement of now.
     *
     * @param credential 1, 2, or 3: mdtrt_cert_type.
     * @param visitRow   below 0 is none.
     */
    void settle(
            final Request request, final int insutype, final int visitRow, final int credential, final Shares shares) {
        putKey(clrType(request.institutionRow, visitRow), insutype, request.regionRow, request.institutionRow);
        final FlatTable today = days.table(request.timeMs);
        final int row = beginWrite(today, request.institutionRow);
        addInt(today, row, SETTLED_COUNT, 1);
        if (credential >= 1 && credential <= CREDENTIAL_TYPES) {
            addInt(today, row, CREDENTIAL_COUNTS + (credential - 1) * Integer.BYTES, 1);
        }
        addOwnDay(today, row, shares, 1);
        addStanding(today, row, shares, 1);
        today.endWrite(row);
    }

    /** Counts what undoes a settlement now, which {@link SettlementDays} found last; its day's totals are kept longer than itself. */
    void undo(final long nowMs, final SettlementDays settlement, final int visitRow, final Shares shares) {
        change(nowMs, settlement, visitRow, shares, -1);
    }

    /** Counts that a settlement stands again from now on, because what had undone it was undone. */
    void standAgain(final long nowMs, final SettlementDays settlement, final int visitRow, final Shares shares) {
        change(nowMs, settlement, visitRow, shares, 1);
    }

    private void change(
            final long nowMs,
            final SettlementDays settlement,
            final int visitRow,
            final Shares shares,
            final int sign) {
        final int institutionRow = settlement.institutionRow();
        putKey(clrType(institutionRow, visitRow), settlement.insutype(), settlement.regionRow(), institutionRow);
        final FlatTable today = days.table(nowMs);
        final FlatTable ofSettlement = days.find(settlement.businessDay());
        final int row = beginWrite(today, institutionRow);
        addInt(today, row, sign > 0 ? SETTLED_COUNT : UNDONE_COUNT, 1);
        addOwnDay(today, row, shares, sign);
        if (ofSettlement == today) {
            addStanding(today, row, shares, sign);
        }
        today.endWrite(row);
        final int itsRow = ofSettlement == null || ofSettlement == today ? -1 : ofSettlement.find(key, 0);
        if (itsRow >= 0) {
            ofSettlement.beginWrite(itsRow);
            addStanding(ofSettlement, itsRow, shares, sign);
            ofSettlement.endWrite(itsRow);
        }
    }

    private void putKey(final int clrType, final int insutype, final int regionRow, final int institutionRow) {
        key.putByte(0, (byte) clrType);
        key.putShort(INSUTYPE, (short) insutype);
        key.putShort(REGION, (short) regionRow);
        key.putInt(INSTITUTION, institutionRow);
    }

    /** The row of the key, taken out of the hash; or a new one. */
    private int beginWrite(final FlatTable table, final int institutionRow) {
        final int found = table.findNear(key, 0, rowsOfInstitutions.of(institutionRow));
        if (found >= 0) {
            table.beginWrite(found);
            return rowsOfInstitutions.keep(institutionRow, found);
        }
        return rowsOfInstitutions.keep(institutionRow, table.insert(key, 0, KEY));
    }

    private static void addOwnDay(final FlatTable table, final int row, final Shares shares, final int sign) {
        addLong(table, row, MEDFEE, sign * shares.medfeeSumamtFen);
        addLong(table, row, FUND_SUM, sign * shares.fundPaySumamtFen);
        int field = FUNDS;
        addLong(table, row, field, sign * shares.hifpPayFen);
        field += Long.BYTES;
        addLong(table, row, field, sign * shares.cvlservPayFen);
        field += Long.BYTES;
        addLong(table, row, field, sign * shares.hifesPayFen);
        field += Long.BYTES;
        addLong(table, row, field, sign * shares.hifmiPayFen);
        field += Long.BYTES;
        addLong(table, row, field, sign * shares.hifobPayFen);
        field += Long.BYTES;
        addLong(table, row, field, sign * shares.mafPayFen);
        field += Long.BYTES;
        addLong(table, row, field, sign * shares.othPayFen);
        addLong(table, row, ACCT, sign * shares.acctPayFen);
        addLong(table, row, MULAID, sign * shares.acctMulaidPayFen);
        addLong(table, row, CASH, sign * shares.psnCashPayFen);
        addLong(table, row, HOSP, sign * shares.hospPartFen);
    }

    private static void addStanding(final FlatTable table, final int row, final Shares shares, final int sign) {
        addInt(table, row, STANDING_COUNT, sign);
        addLong(table, row, STANDING_MEDFEE, sign * shares.medfeeSumamtFen);
        addLong(table, row, STANDING_FUND_SUM, sign * shares.fundPaySumamtFen);
        addLong(table, row, STANDING_ACCT, sign * shares.acctPayFen);
        addLong(table, row, STANDING_CASH, sign * shares.psnCashPayFen);
    }

    private static void addInt(final FlatTable table, final int row, final int field, final int added) {
        table.putInt(row, field, table.getInt(row, field) + added);
    }

    private static void addLong(final FlatTable table, final int row, final int field, final long added) {
        table.putLong(row, field, table.getLong(row, field) + added);
    }

    /** Adds up the figures of the business days from the first to the last, of which those that are not kept give nothing. */
    void sum(
            final int clrType,
            final int insutype,
            final int regionRow,
            final int institutionRow,
            final int firstDay,
            final int lastDay,
            final PeriodTotals into) {
        into.clear();
        putKey(clrType, insutype, regionRow, institutionRow);
        for (int day = firstDay; day <= lastDay; day++) {
            final FlatTable table = days.find(day);
            final int row = table == null ? -1 : table.find(key, 0);
            if (row >= 0) {
                add(table, row, into);
            }
        }
    }

    private static void add(final FlatTable table, final int row, final PeriodTotals into) {
        into.settledCount += table.getInt(row, SETTLED_COUNT);
        into.undoneCount += table.getInt(row, UNDONE_COUNT);
        into.medfeeFen += table.getLong(row, MEDFEE);
        into.fundSumFen += table.getLong(row, FUND_SUM);
        for (int fund = 0; fund < PeriodTotals.FUNDS; fund++) {
            into.fundsFen[fund] += table.getLong(row, FUNDS + fund * Long.BYTES);
        }
        for (int type = 0; type < CREDENTIAL_TYPES; type++) {
            into.credentialCounts[type] += table.getInt(row, CREDENTIAL_COUNTS + type * Integer.BYTES);
        }
        into.acctFen += table.getLong(row, ACCT);
        into.mulaidFen += table.getLong(row, MULAID);
        into.cashFen += table.getLong(row, CASH);
        into.hospFen += table.getLong(row, HOSP);
        into.standingCount += table.getInt(row, STANDING_COUNT);
        into.standingMedfeeFen += table.getLong(row, STANDING_MEDFEE);
        into.standingFundSumFen += table.getLong(row, STANDING_FUND_SUM);
        into.standingAcctFen += table.getLong(row, STANDING_ACCT);
        into.standingCashFen += table.getLong(row, STANDING_CASH);
    }

    /** Tells the rows of one business day; none if it is not kept. */
    void tell(final int day, final KeptTotals.Taker taker, final FlatTable regions, final FlatTable institutionRows) {
        final FlatTable table = days.find(day);
        final int end = table == null ? 0 : table.end();
        for (int row = 0; row < end; row++) {
            if (!table.isFree(row)) {
                taker.take(kept(table, row, day, regions, institutionRows));
            }
        }
    }

    private static KeptTotals.Row kept(
            final FlatTable table,
            final int row,
            final int day,
            final FlatTable regions,
            final FlatTable institutionRows) {
        final PeriodTotals totals = new PeriodTotals();
        add(table, row, totals);
        final int region = table.getShort(row, REGION) & 0xffff;
        final int institution = table.getInt(row, INSTITUTION);
        return new KeptTotals.Row(
                LocalDate.ofEpochDay(day),
                Fields.text(
                        institutionRows.buffer(institution), institutionRows.offset(institution), Rows.INSTITUTION_KEY),
                Fields.text(regions.buffer(region), regions.offset(region), Rows.REGION_KEY),
                table.getShort(row, INSUTYPE),
                table.getByte(row, 0),
                totals.settledCount,
                totals.undoneCount,
                totals.medfeeFen,
                totals.fundSumFen,
                totals.fundsFen,
                totals.acctFen,
                totals.mulaidFen,
                totals.cashFen,
                totals.hospFen);
    }

    void dropBefore(final long timeMs) {
        days.dropBefore(timeMs);
    }

    DayTables days() {
        return days;
    }
}
