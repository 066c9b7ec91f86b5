package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Double entry: pooled funds, institutions' receivables, patients' cash, the source of allocations. Together with the
 * persons' balances the sum is zero, always. A positive amount is what an account is owed or holds.
 *
 * <pre>
 * settlement:  institution +medfee, less the hospital's part | each fund -pay | person -own account | cash -cash
 * allocation:  person +amount | source -amount
 * </pre>
 *
 * <p>Owned by the engine's thread. After {@link #reserve} posting cannot throw.
 */
final class Ledger {
    /** Funds of a pooling region and insurance; the number is the account's kind. */
    static final byte BASIC_FUND = 1;

    static final byte CVLSERV_FUND = 5;
    static final byte HIFES_FUND = 6;
    static final byte HIFMI_FUND = 7;
    static final byte HIFOB_FUND = 8;
    static final byte MAF_FUND = 9;
    static final byte OTH_FUND = 10;
    /** What accounts of family members gave. */
    static final byte FAMILY_ACCOUNTS = 11;

    static final byte INSTITUTION = 2;
    static final byte CASH = 3;
    private static final byte SOURCE = 4;
    private static final int POOLAREA_LENGTH = 6;

    private final FlatTable accounts;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.LEDGER_KEY]);
    private final UnsafeBuffer fundKey = new UnsafeBuffer(new byte[Rows.LEDGER_KEY]);
    /** The account of each kind posted to last: most postings are to the same fund and to cash. */
    private final int[] lastRows = new int[FAMILY_ACCOUNTS + 1];

    private final BelievedRows accountsOfInstitutions = new BelievedRows();

    Ledger(final FlatTable accounts) {
        this.accounts = accounts;
    }

    /** Room for so many new accounts; false if the limit forbids it. */
    boolean reserve(final int rows) {
        return accounts.reserve(rows);
    }

    /** Whose funds the next postings of {@link #postFund} belong to. */
    void ofPool(final DirectBuffer poolarea, final int offset, final int insutype) {
        Fields.copy(poolarea, offset, fundKey, 1, POOLAREA_LENGTH);
        fundKey.putShort(1 + POOLAREA_LENGTH, (short) insutype);
    }

    void postFund(final byte kind, final long amountFen) {
        if (amountFen != 0) {
            fundKey.putByte(0, kind);
            post(fundKey, amountFen);
        }
    }

    /** @param institutionRow the row of the institution with this code. */
    void postInstitution(final DirectBuffer code, final int offset, final int institutionRow, final long amountFen) {
        lastRows[INSTITUTION] = accountsOfInstitutions.of(institutionRow);
        Fields.clear(key, 0, Rows.LEDGER_KEY);
        key.putByte(0, INSTITUTION);
        Fields.copy(code, offset, key, 1, Rows.INSTITUTION_KEY);
        post(key, amountFen);
        accountsOfInstitutions.keep(institutionRow, lastRows[INSTITUTION]);
    }

    void postCash(final long amountFen) {
        Fields.clear(key, 0, Rows.LEDGER_KEY);
        key.putByte(0, CASH);
        post(key, amountFen);
    }

    void postSource(final long amountFen) {
        Fields.clear(key, 0, Rows.LEDGER_KEY);
        key.putByte(0, SOURCE);
        post(key, amountFen);
    }

    long sumFen() {
        long sum = 0;
        for (int row = 0; row < accounts.count(); row++) {
            sum = Math.addExact(sum, accounts.getLong(row, Rows.LEDGER_AMOUNT));
        }
        return sum;
    }

    /** An account comes to be with its first posting; a posting of nothing leaves no account behind. */
    private void post(final UnsafeBuffer account, final long amountFen) {
        if (amountFen == 0) {
            return;
        }
        int row = find(account);
        if (row < 0) {
            row = accounts.insert(account, 0, Rows.LEDGER_KEY);
            lastRows[account.getByte(0)] = row;
        } else {
            accounts.beginWrite(row);
        }
        accounts.putLong(row, Rows.LEDGER_AMOUNT, accounts.getLong(row, Rows.LEDGER_AMOUNT) + amountFen);
        accounts.endWrite(row);
    }

    private int find(final UnsafeBuffer account) {
        final byte kind = account.getByte(0);
        lastRows[kind] = accounts.findNear(account, 0, lastRows[kind]);
        return lastRows[kind];
    }
}
