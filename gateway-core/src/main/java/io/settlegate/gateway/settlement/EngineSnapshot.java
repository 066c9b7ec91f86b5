package io.settlegate.gateway.settlement;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The engine's whole state as bytes: what each later answer depends on, and nothing that follows from it. Indexes are not written:
 * building them takes less time than reading them would save, and they are then no second truth.
 *
 * <pre>
 * "SGENGINE" | format i32 | length of the parameters i32 | parameters | time of the last command i64 |
 * business day of the last command i32 | row at which the sweep of the visits goes on, or -1, i32 |
 * version of the rules of the last command i32 | 0 i32 |
 * each table, see {@link TableSection}: first those not by day, then those by day, every place of them |
 * policies, see {@link PolicySection} | open import, see {@link StagedSection} | "SGFINISH" | length of everything before i64
 * </pre>
 *
 * <p>Bytes of another format, of other parameters, or with numbers that no state has are refused with an {@link IOException}.
 * They are not checked against intent: whoever reads compares the state's hash, and the row's places are kept by the checksum
 * of the file. One thread; blocks as the channel does.
 */
final class EngineSnapshot {
    /** Raised with every change of a row, a table, or the order here. */
    static final int FORMAT = 2;

    private static final long MAGIC = 0x454E49474E454753L;
    private static final long END = 0x4853494E49464753L;
    private static final int HEAD_LENGTH = Long.BYTES + 2 * Integer.BYTES;
    private static final int TIMES_LENGTH = Long.BYTES + 4 * Integer.BYTES;
    private static final int END_LENGTH = 2 * Long.BYTES;

    /** The tables whose rows are removed one by one. */
    private static final Set<TableId> WITH_FREE_ROWS = EnumSet.of(
            TableId.PERSON_YEARS,
            TableId.PERSON_DISEASES,
            TableId.SETTLEMENT_VALUES,
            TableId.VISITS,
            TableId.FEE_LINES,
            TableId.STAYS);

    private final EngineParameters parameters;

    EngineSnapshot(final EngineParameters parameters) {
        this.parameters = parameters;
    }

    void write(final EngineState state, final SnapshotWriter out) throws IOException {
        out.putLong(MAGIC);
        out.putInt(FORMAT);
        out.putInt(EngineParameters.ENCODED_LENGTH);
        out.putBytes(parameters.encode());
        out.putLong(state.lastTimeMs);
        out.putInt(state.visits.today());
        out.putInt(state.visits.sweepRow());
        out.putInt(state.rules);
        out.putInt(0);
        for (final FlatTable table : state.plain()) {
            TableSection.write(table, 0, out);
        }
        for (final DayTables days : state.byDay()) {
            for (int place = 0; place < days.tables().length; place++) {
                TableSection.write(days.tables()[place], days.dayAt(place), out);
            }
        }
        PolicySection.write(state.policyShelf, out);
        StagedSection.write(state.staged, out);
        final long length = out.length();
        out.putLong(END);
        out.putLong(length);
    }

    EngineState read(final SnapshotReader in) throws IOException {
        readHead(in);
        final EngineState state = new EngineState(parameters);
        in.header(TIMES_LENGTH);
        state.lastTimeMs = in.getLong();
        final int today = in.getInt();
        final int sweepRow = in.getInt();
        readRules(state, in.getInt(), in.getInt());
        for (final FlatTable table : state.plain()) {
            readTable(table, in);
        }
        for (final DayTables days : state.byDay()) {
            for (int place = 0; place < days.tables().length; place++) {
                readDay(days, place, BusinessTime.dayOf(state.lastTimeMs), in);
            }
        }
        checkNumbers(state, today, sweepRow);
        state.visits.resume(today, sweepRow);
        PolicySection.read(state.policyShelf, in);
        StagedSection.read(state.staged, in);
        readEnd(in);
        restoreIndexes(state);
        return state;
    }

    private void readHead(final SnapshotReader in) throws IOException {
        in.header(HEAD_LENGTH);
        if (in.getLong() != MAGIC) {
            throw new IOException("these bytes are no state of an engine");
        }
        final int format = in.getInt();
        if (format != FORMAT) {
            throw new IOException("this is a state of format " + format + ", and this build reads format " + FORMAT);
        }
        final int length = in.getInt();
        if (length != EngineParameters.ENCODED_LENGTH || !Arrays.equals(in.bytes(length), parameters.encode())) {
            throw new IOException("this is the state of an engine with other parameters than the journal's");
        }
    }

    private static void readRules(final EngineState state, final int rules, final int reserved) throws IOException {
        if (!EngineRules.isKnown(rules) || reserved != 0) {
            throw new IOException("the state is of rules version " + rules + ", and this build computes under versions "
                    + EngineRules.OLDEST + " to " + EngineRules.NEWEST);
        }
        state.rules = rules;
    }

    private static void readDay(final DayTables days, final int place, final int today, final SnapshotReader in)
            throws IOException {
        final FlatTable table = days.tables()[place];
        final int day = readTable(table, in);
        final boolean isDay = day != DayTables.NO_DAY;
        final boolean isWithin = day >= today - days.horizonDays() && day <= today + 1;
        if (isDay ? !isWithin || Math.floorMod(day, days.tables().length) != place : table.end() > 0) {
            throw new IOException("table " + table.id() + ": rows of day " + day + " stand at place " + place
                    + ", where the last command is of day " + today);
        }
        days.putDay(place, day);
    }

    private static void checkNumbers(final EngineState state, final int today, final int sweepRow) throws IOException {
        if (state.globals.end() != 1) {
            throw new IOException("table " + TableId.GLOBALS + ": it has " + state.globals.end() + " rows, not one");
        }
        final boolean isFirst = state.lastTimeMs == 0 && today == Integer.MIN_VALUE;
        if (!isFirst && today != BusinessTime.dayOf(state.lastTimeMs)) {
            throw new IOException("the last command is of time " + state.lastTimeMs + " and of day " + today);
        }
        if (sweepRow < -1 || sweepRow > state.visits.table.end()) {
            throw new IOException("table " + TableId.VISITS + ": the sweep is at row " + sweepRow + " of "
                    + state.visits.table.end());
        }
    }

    private static int readTable(final FlatTable table, final SnapshotReader in) throws IOException {
        final int day = TableSection.read(table, in);
        if (table.freeCount() > 0 && !WITH_FREE_ROWS.contains(table.id())) {
            throw new IOException("table " + table.id() + ": rows are free, where none is ever removed");
        }
        return day;
    }

    private static void readEnd(final SnapshotReader in) throws IOException {
        final long length = in.length();
        in.header(END_LENGTH);
        if (in.getLong() != END || in.getLong() != length) {
            throw new IOException("it does not end where it should, after " + length + " bytes");
        }
    }

    private static void restoreIndexes(final EngineState state) throws IOException {
        try {
            state.restoreIndexes();
        } catch (final IOException e) {
            throw new IOException("table " + TableId.PERSONS + ": " + e.getMessage(), e);
        }
    }
}
