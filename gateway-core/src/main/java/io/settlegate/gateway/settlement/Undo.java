package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.RecordState;

/**
 * Takes back what a settlement did: balance, deductible used, fund paid, and every posting. One way for reversals (2601) and
 * cancels (2103); they differ in how they find the settlement and in what its msgid's state becomes.
 *
 * <p>Owned by the engine's thread. After {@link #reserve} said yes, {@link #commit} cannot throw.
 */
final class Undo {
    private static final int POSTINGS = 3;

    private final EngineState state;
    private FlatTable day;
    private int row;
    private int personRow;

    Undo(final EngineState state) {
        this.state = state;
    }

    /** Takes a settlement in hand, the row of its msgid and of its person; false if the ledger has no room. */
    boolean reserve(final FlatTable settlementDay, final int settlementRow, final int settlementPersonRow) {
        day = settlementDay;
        row = settlementRow;
        personRow = settlementPersonRow;
        return state.ledger.reserve(POSTINGS);
    }

    long medfeeFen() {
        return day.getLong(row, Rows.MSGID_MEDFEE);
    }

    long hifpFen() {
        return day.getLong(row, Rows.MSGID_HIFP);
    }

    long acctFen() {
        return day.getLong(row, Rows.MSGID_ACCT);
    }

    long cashFen() {
        return day.getLong(row, Rows.MSGID_CASH);
    }

    /** The personal account as it is after the undoing. */
    long balanceAfterFen() {
        return state.persons.getLong(personRow, Rows.PERSON_BALANCE) + acctFen();
    }

    /** @param becomes state of the settlement's msgid from now on. */
    void commit(final RecordState becomes) {
        day.beginWrite(row);
        day.putByte(row, Rows.MSGID_STATE, (byte) becomes.value());
        day.endWrite(row);
        Persons.post(
                state.persons,
                personRow,
                acctFen(),
                day.getInt(row, Rows.MSGID_YEAR),
                -day.getLong(row, Rows.MSGID_DEDC),
                -hifpFen());
        // A msgid opens with its institution's code.
        state.ledger.postInstitution(day.buffer(row), day.offset(row), -medfeeFen());
        state.ledger.postFund(
                day.buffer(row),
                day.offset(row) + Rows.MSGID_POOLAREA,
                day.buffer(row),
                day.offset(row) + Rows.MSGID_INSUTYPE,
                hifpFen());
        state.ledger.postCash(cashFen());
    }
}
