package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The fee lines of all visits, settled or not, each found by its visit and feedetl_sn, and those of one visit chained
 * in the order of upload. A line keeps the split that its upload answered.
 *
 * <p>Owned by the engine's thread. A visit has at most {@link io.settlegate.protocol.Limits#MAX_VISIT_LINES} lines, so
 * that no walk is longer. Allocates nothing; after room was reserved nothing here throws.
 */
final class FeeLines {
    private static final String EVERY_BATCH = "0000";

    final FlatTable table;
    private final FlatTable visits;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.LINE_KEY]);
    /** While lines are added: their visit, the line added last or -1, and how many were added. */
    private int visitRow;

    private int lastRow;
    private int addedCount;

    FeeLines(final FlatTable table, final FlatTable visits) {
        this.table = table;
        this.visits = visits;
    }

    /** Whether a chrg_bchno means every batch. */
    static boolean isEveryBatch(final DirectBuffer bchno, final int offset) {
        return Fields.holds(bchno, offset, Rows.LINE_BATCH_LENGTH, EVERY_BATCH);
    }

    /** The visit's line of this feedetl_sn, or -1. */
    int find(final int ofVisitRow, final DirectBuffer feedetlSn, final int offset) {
        putKey(ofVisitRow, feedetlSn, offset);
        return table.find(key, 0);
    }

    int count(final int ofVisitRow) {
        return visits.getInt(ofVisitRow, Rows.VISIT_LINES);
    }

    /**
     * Collects the visit's unsettled lines of a batch, or all unsettled ones for 0000, in the order of upload.
     *
     * @param into rows of the lines; room for {@link io.settlegate.protocol.Limits#MAX_VISIT_LINES}.
     * @return how many.
     */
    int collect(final int ofVisitRow, final DirectBuffer bchno, final int offset, final int[] into) {
        final boolean isEvery = isEveryBatch(bchno, offset);
        int collected = 0;
        for (int row = first(ofVisitRow); row >= 0; row = next(row)) {
            if (!isSettled(row) && (isEvery || isOfBatch(row, bchno, offset))) {
                into[collected] = row;
                collected++;
            }
        }
        return collected;
    }

    /** Marks an unsettled line as settled by the settlement of this sequence. */
    void settle(final int lineRow, final long sequence) {
        table.beginWrite(lineRow);
        table.putLong(lineRow, Rows.LINE_SETTLED, sequence);
        table.endWrite(lineRow);
    }

    /** Makes the lines of a settlement unsettled again, for good. */
    void unsettle(final int ofVisitRow, final long sequence) {
        mark(ofVisitRow, sequence, 0);
    }

    /** Makes the lines of a settlement unsettled again, such that {@link #settleAgain} knows them as long as nobody else settles them. */
    void unsettleForNow(final int ofVisitRow, final long sequence) {
        mark(ofVisitRow, sequence, -sequence);
    }

    /** Makes the lines settled again that {@link #unsettleForNow} unsettled. */
    void settleAgain(final int ofVisitRow, final long sequence) {
        mark(ofVisitRow, -sequence, sequence);
    }

    /** How many lines the settlement of this sequence settled. */
    int countSettled(final int ofVisitRow, final long sequence) {
        return countMarked(ofVisitRow, sequence);
    }

    /** How many lines of a settlement that was undone for now were settled by no other since. */
    int countUnsettledForNow(final int ofVisitRow, final long sequence) {
        return countMarked(ofVisitRow, -sequence);
    }

    private void mark(final int ofVisitRow, final long from, final long to) {
        for (int row = first(ofVisitRow); row >= 0; row = next(row)) {
            if (table.getLong(row, Rows.LINE_SETTLED) == from) {
                settle(row, to);
            }
        }
    }

    private int countMarked(final int ofVisitRow, final long mark) {
        int marked = 0;
        for (int row = first(ofVisitRow); row >= 0; row = next(row)) {
            marked += table.getLong(row, Rows.LINE_SETTLED) == mark ? 1 : 0;
        }
        return marked;
    }

    /** Begins to add lines to a visit, for which there is room; {@link #endAdding} must follow. */
    void beginAdding(final int toVisitRow) {
        visitRow = toVisitRow;
        lastRow = visits.getInt(toVisitRow, Rows.VISIT_LAST_LINE) - 1;
        addedCount = 0;
        visits.beginWrite(toVisitRow);
        if (lastRow >= 0) {
            table.beginWrite(lastRow);
        }
    }

    /** Adds a line behind the last one. @return its row, for the caller to fill. */
    int add(final DirectBuffer source, final int feedetlSn, final int bchno) {
        putKey(visitRow, source, feedetlSn);
        final int row = table.insert(key, 0, Rows.LINE_KEY);
        table.putBytes(row, Rows.LINE_BATCH, source, bchno, Rows.LINE_BATCH_LENGTH);
        if (lastRow < 0) {
            visits.putInt(visitRow, Rows.VISIT_FIRST_LINE, row + 1);
        } else {
            table.putInt(lastRow, Rows.LINE_NEXT, row + 1);
            table.endWrite(lastRow);
        }
        lastRow = row;
        addedCount++;
        return row;
    }

    void endAdding() {
        if (lastRow >= 0) {
            table.endWrite(lastRow);
        }
        visits.putInt(visitRow, Rows.VISIT_LAST_LINE, lastRow + 1);
        visits.putInt(visitRow, Rows.VISIT_LINES, count(visitRow) + addedCount);
        visits.endWrite(visitRow);
    }

    /** Removes the visit's unsettled lines of a batch, or all unsettled ones for 0000. */
    void removeUnsettled(final int ofVisitRow, final DirectBuffer bchno, final int offset) {
        final boolean isEvery = isEveryBatch(bchno, offset);
        int before = -1;
        int row = first(ofVisitRow);
        while (row >= 0) {
            final int next = next(row);
            if (!isSettled(row) && (isEvery || isOfBatch(row, bchno, offset))) {
                unlink(ofVisitRow, before, row);
                table.remove(row);
            } else {
                before = row;
            }
            row = next;
        }
    }

    /** Removes the visit's first line. */
    void removeFirst(final int ofVisitRow) {
        final int row = first(ofVisitRow);
        unlink(ofVisitRow, -1, row);
        table.remove(row);
    }

    void removeAll(final int ofVisitRow) {
        while (first(ofVisitRow) >= 0) {
            removeFirst(ofVisitRow);
        }
    }

    /** The visit's first line in the order of upload, or -1. */
    int first(final int ofVisitRow) {
        return visits.getInt(ofVisitRow, Rows.VISIT_FIRST_LINE) - 1;
    }

    /** The line of the same visit that was uploaded next, or -1. */
    int next(final int row) {
        return table.getInt(row, Rows.LINE_NEXT) - 1;
    }

    /** The time of the visit's latest line by fee_ocur_time; the least long if there is none. */
    long latestOcurMs(final int ofVisitRow) {
        long latest = Long.MIN_VALUE;
        for (int row = first(ofVisitRow); row >= 0; row = next(row)) {
            latest = Math.max(latest, ocurMs(row));
        }
        return latest;
    }

    /** Whether a settlement that stands settled the line. */
    boolean isSettled(final int row) {
        return settledBy(row) != 0;
    }

    /** Sequence of the settlement that settled the line; 0 while none has that stands. */
    long settledBy(final int row) {
        return Math.max(0, table.getLong(row, Rows.LINE_SETTLED));
    }

    int itemRow(final int row) {
        return table.getInt(row, Rows.LINE_ITEM);
    }

    long amountFen(final int row) {
        return table.getLong(row, Rows.LINE_AMOUNT);
    }

    long cntE4(final int row) {
        return table.getLong(row, Rows.LINE_CNT_E4);
    }

    long pricE6(final int row) {
        return table.getLong(row, Rows.LINE_PRIC_E6);
    }

    long ocurMs(final int row) {
        return table.getLong(row, Rows.LINE_OCUR_MS);
    }

    long ownpayFen(final int row) {
        return table.getLong(row, Rows.LINE_OWNPAY);
    }

    long overlmtFen(final int row) {
        return table.getLong(row, Rows.LINE_OVERLMT);
    }

    long preselfpayFen(final int row) {
        return table.getLong(row, Rows.LINE_PRESELFPAY);
    }

    long inscpFen(final int row) {
        return table.getLong(row, Rows.LINE_INSCP);
    }

    int selfpayE4(final int row) {
        return table.buffer(row).getShort(table.offset(row) + Rows.LINE_SELFPAY_E4) & 0xFFFF;
    }

    long ceilingE6(final int row) {
        return table.getLong(row, Rows.LINE_CEILING_E6);
    }

    /** 1 for a national essential drug, else 0. */
    byte essentialFlag(final int row) {
        return table.getByte(row, Rows.LINE_ESSENTIAL);
    }

    private boolean isOfBatch(final int row, final DirectBuffer bchno, final int offset) {
        return Fields.equal(
                bchno, offset, table.buffer(row), table.offset(row) + Rows.LINE_BATCH, Rows.LINE_BATCH_LENGTH);
    }

    /** Takes a line out of the chain, where it stands behind the line {@code before}, or first if that is -1. */
    private void unlink(final int ofVisitRow, final int before, final int row) {
        final int next = table.getInt(row, Rows.LINE_NEXT);
        if (before >= 0) {
            table.beginWrite(before);
            table.putInt(before, Rows.LINE_NEXT, next);
            table.endWrite(before);
        }
        visits.beginWrite(ofVisitRow);
        if (before < 0) {
            visits.putInt(ofVisitRow, Rows.VISIT_FIRST_LINE, next);
        }
        if (next == 0) {
            visits.putInt(ofVisitRow, Rows.VISIT_LAST_LINE, before + 1);
        }
        visits.putInt(ofVisitRow, Rows.VISIT_LINES, count(ofVisitRow) - 1);
        visits.endWrite(ofVisitRow);
    }

    private void putKey(final int ofVisitRow, final DirectBuffer feedetlSn, final int offset) {
        key.putBytes(0, feedetlSn, offset, Rows.LINE_SN_LENGTH);
        key.putInt(Rows.LINE_VISIT, ofVisitRow);
    }
}
