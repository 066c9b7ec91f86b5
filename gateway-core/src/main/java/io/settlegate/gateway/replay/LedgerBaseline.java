package io.settlegate.gateway.replay;

import io.settlegate.gateway.settlement.LedgerAccounts;
import io.settlegate.gateway.settlement.SettlementEngine;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;

/**
 * How the engine's ledger stood before the first record of a replay, so that what was posted since can be told.
 *
 * <p>One thread, between two commands. Memory as the ledger's own table.
 */
final class LedgerBaseline {
    private static final long NONE = Long.MIN_VALUE;

    private final LedgerAccounts accounts;
    private final Long2LongHashMap before;

    LedgerBaseline(final SettlementEngine engine) {
        this.accounts = new LedgerAccounts(engine);
        this.before = amounts();
    }

    /** Several pooling regions have funds of one insurance: they add up. */
    private Long2LongHashMap amounts() {
        final Long2LongHashMap amounts = new Long2LongHashMap(NONE);
        accounts.tell((kind, insutype, institutionRow, amountFen) -> {
            final long key = key(kind, kind == LedgerAccounts.Kind.INSTITUTION ? institutionRow : insutype);
            amounts.put(key, Math.addExact(amountFen(amounts, key), amountFen));
        });
        return amounts;
    }

    private static long key(final LedgerAccounts.Kind kind, final int number) {
        return (long) kind.ordinal() << Integer.SIZE | Integer.toUnsignedLong(number);
    }

    private static long amountFen(final Long2LongHashMap amounts, final long key) {
        final long amountFen = amounts.get(key);
        return amountFen == NONE ? 0 : amountFen;
    }

    /** Reads the ledger as it stands now. */
    Posted posted() {
        return new Posted(amounts(), before);
    }

    /** What was posted since. */
    static final class Posted {
        private final Long2LongHashMap now;
        private final Long2LongHashMap before;

        private Posted(final Long2LongHashMap now, final Long2LongHashMap before) {
            this.now = now;
            this.before = before;
        }

        /** @param number the insutype of a fund, the row of an institution, else 0. */
        long amountFen(final LedgerAccounts.Kind kind, final int number) {
            final long key = key(kind, number);
            return LedgerBaseline.amountFen(now, key) - LedgerBaseline.amountFen(before, key);
        }

        /** What each fund paid, by insutype, as {@link FundTally} counts. */
        Int2ObjectHashMap<long[]> paidFen() {
            final Int2ObjectHashMap<long[]> paid = new Int2ObjectHashMap<>();
            now.forEachLong((key, amountFen) -> {
                final int kind = (int) (key >>> Integer.SIZE);
                if (kind < FundTally.COUNT) {
                    paid.computeIfAbsent((int) key, insutype -> new long[FundTally.COUNT])[kind] =
                            LedgerBaseline.amountFen(before, key) - amountFen;
                }
            });
            return paid;
        }
    }
}
