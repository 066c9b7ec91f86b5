package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Double entry: pooled funds, institutions' receivables, patients' cash, the source of allocations. Together with the
 * persons' balances the sum is zero, always. A positive amount is what an account is owed or holds.
 *
 * <pre>
 * settlement:  institution +medfee | fund -hifp | person -acct | cash -cash
 * allocation:  person +amount | source -amount
 * </pre>
 *
 * <p>Owned by the engine's thread. After {@link #reserve} posting cannot throw.
 */
final class Ledger {
    private static final byte FUND = 1;
    private static final byte INSTITUTION = 2;
    private static final byte CASH = 3;
    private static final byte SOURCE = 4;
    private static final int POOLAREA_LENGTH = 6;

    private final FlatTable accounts;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.LEDGER_KEY]);
    /** The account of each kind posted to last: most postings are to the same fund and to cash. */
    private final int[] lastRows = new int[SOURCE + 1];

    Ledger(final FlatTable accounts) {
        this.accounts = accounts;
    }

    /** Room for so many new accounts; false if the limit forbids it. */
    boolean reserve(final int rows) {
        return accounts.reserve(rows);
    }

    void postFund(
            final DirectBuffer pool,
            final int poolOffset,
            final DirectBuffer insutype,
            final int insutypeOffset,
            final long amountFen) {
        Fields.clear(key, 0, Rows.LEDGER_KEY);
        key.putByte(0, FUND);
        Fields.copy(pool, poolOffset, key, 1, POOLAREA_LENGTH);
        Fields.copy(insutype, insutypeOffset, key, 1 + POOLAREA_LENGTH, POOLAREA_LENGTH);
        post(amountFen);
    }

    void postInstitution(final DirectBuffer code, final int offset, final long amountFen) {
        Fields.clear(key, 0, Rows.LEDGER_KEY);
        key.putByte(0, INSTITUTION);
        Fields.copy(code, offset, key, 1, Rows.INSTITUTION_KEY);
        post(amountFen);
    }

    void postCash(final long amountFen) {
        Fields.clear(key, 0, Rows.LEDGER_KEY);
        key.putByte(0, CASH);
        post(amountFen);
    }

    void postSource(final long amountFen) {
        Fields.clear(key, 0, Rows.LEDGER_KEY);
        key.putByte(0, SOURCE);
        post(amountFen);
    }

    long sumFen() {
        long sum = 0;
        for (int row = 0; row < accounts.count(); row++) {
            sum = Math.addExact(sum, accounts.getLong(row, Rows.LEDGER_AMOUNT));
        }
        return sum;
    }

    /** An account comes to be with its first posting; a posting of nothing leaves no account behind. */
    private void post(final long amountFen) {
        if (amountFen == 0) {
            return;
        }
        int row = find();
        if (row < 0) {
            row = accounts.insert(key, 0, Rows.LEDGER_KEY);
            lastRows[key.getByte(0)] = row;
        } else {
            accounts.beginWrite(row);
        }
        accounts.putLong(row, Rows.LEDGER_AMOUNT, accounts.getLong(row, Rows.LEDGER_AMOUNT) + amountFen);
        accounts.endWrite(row);
    }

    private int find() {
        final int last = lastRows[key.getByte(0)];
        if (last < accounts.count()
                && Words.equal(key.byteArray(), key.addressOffset(), null, accounts.address(last), Rows.LEDGER_KEY)) {
            return last;
        }
        final int row = accounts.find(key, 0);
        lastRows[key.getByte(0)] = Math.max(0, row);
        return row;
    }
}
