package io.settlegate.gateway.settlement;

import java.time.LocalDate;

/**
 * Shows what the engine keeps of the business days, for those who compare it with sums of their own.
 *
 * <p>Owned by the engine's thread, between two commands. Allocates; changes nothing that is hashed.
 */
public final class KeptTotals {
    private final EngineState state;

    /**
     * What one institution's settlements of a day come to, by their own days: what undid one counts on the day of the undoing.
     *
     * @param office admdvs where the persons are insured.
     * @param fundsFen hifp, cvlserv, hifes, hifmi, hifob, maf, oth.
     */
    public record Row(
            LocalDate day,
            String institution,
            String office,
            int insutype,
            int clrType,
            long settledCount,
            long undoneCount,
            long medfeeFen,
            long fundSumFen,
            long[] fundsFen,
            long acctFen,
            long mulaidFen,
            long cashFen,
            long hospFen) {}

    /** Hears of rows. */
    @FunctionalInterface
    public interface Taker {
        void take(Row row);
    }

    public KeptTotals(final SettlementEngine engine) {
        this.state = engine.state();
    }

    /** Tells the rows of all days from the first to the last that are kept, in no order. */
    public void tell(final LocalDate first, final LocalDate last, final Taker taker) {
        for (long day = first.toEpochDay(); day <= last.toEpochDay(); day++) {
            state.dayTotals.tell((int) day, taker, state.regions, state.institutions);
        }
    }
}
