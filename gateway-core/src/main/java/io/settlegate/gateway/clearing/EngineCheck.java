package io.settlegate.gateway.clearing;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.replay.PointScan;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayStart;
import io.settlegate.gateway.settlement.KeptTotals;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.store.Store;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether the statement's sums are those that the engine keeps of these days: two ways from the same records, of which one goes through
 * every transaction again.
 *
 * @param result of the comparison.
 * @param found in words, of the page and the program.
 */
public record EngineCheck(Result result, String found) {
    /** What came of it. */
    public enum Result {
        NOT_ASKED,
        EQUAL,
        DIFFERENT
    }

    /** Nobody wanted to know. */
    public static final EngineCheck NOT_ASKED = new EngineCheck(Result.NOT_ASKED, "未重放 not replayed; --check does it");

    /**
     * Replays the journal to the end of the period, from the newest snapshot before it or from the founding, and compares.
     *
     * <p>One thread; blocks on the disk: seconds for each million records.
     */
    public static EngineCheck of(final Store store, final ClearingStatement statement) {
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
        final Period period = statement.period();
        final PointScan scan =
                new PointScan(ReplayEnd.of(JournalPoint.parse(period.last().toString())), replay);
        scan.read(store, ReplayStart.SNAPSHOT);
        if (replay.mismatchCount() > 0) {
            return different("重放不符 " + replay.mismatchCount() + " records computed otherwise; run `settlegate replay`");
        }
        final Map<String, long[]> kept = new HashMap<>();
        if (scan.lastSequence() >= 0) {
            new KeptTotals(replay.engine()).tell(period.first(), period.last(), row -> {
                if (row.office().equals(statement.office())
                        && (statement.onlyInstitution() == null
                                || statement.onlyInstitution().equals(row.institution()))) {
                    kept.put(key(row), figures(row));
                }
            });
        }
        return compare(statement, kept);
    }

    private static EngineCheck compare(final ClearingStatement statement, final Map<String, long[]> kept) {
        int comparedCount = 0;
        for (final InstitutionStatement institution : statement.institutions().values()) {
            for (final var entry : institution.byKey().entrySet()) {
                final String key = key(institution.code(), entry.getKey());
                final long[] ofEngine = kept.remove(key);
                if (ofEngine == null || !Arrays.equals(ofEngine, figures(entry.getValue()))) {
                    return different("不符 " + key + " differs");
                }
                comparedCount++;
            }
        }
        return kept.isEmpty()
                ? new EngineCheck(Result.EQUAL, comparedCount + " 项 day, institution, insutype, clr_type")
                : different("不符 " + kept.keySet().iterator().next() + " is the engine's only");
    }

    private static EngineCheck different(final String found) {
        return new EngineCheck(Result.DIFFERENT, found);
    }

    private static String key(final KeptTotals.Row row) {
        return row.day() + " " + row.institution() + " " + row.insutype() + " " + row.clrType();
    }

    private static String key(final String institution, final InstitutionStatement.Key key) {
        return key.day() + " " + institution + " " + key.insutype() + " " + key.clrType();
    }

    private static long[] figures(final KeptTotals.Row row) {
        final long[] funds = row.fundsFen();
        return new long[] {
            row.settledCount(),
            row.undoneCount(),
            row.medfeeFen(),
            row.fundSumFen(),
            funds[0],
            funds[1],
            funds[2],
            funds[3],
            funds[4],
            funds[5],
            funds[6],
            row.acctFen(),
            row.mulaidFen(),
            row.cashFen(),
            row.hospFen()
        };
    }

    private static long[] figures(final Totals totals) {
        return new long[] {
            totals.settlementCount(),
            totals.refundCount(),
            totals.fen(Amount.MEDFEE),
            totals.fen(Amount.FUND_SUM),
            totals.fen(Amount.HIFP),
            totals.fen(Amount.CVLSERV),
            totals.fen(Amount.HIFES),
            totals.fen(Amount.HIFMI),
            totals.fen(Amount.HIFOB),
            totals.fen(Amount.MAF),
            totals.fen(Amount.OTH),
            totals.fen(Amount.ACCT),
            totals.fen(Amount.ACCT_MULAID),
            totals.fen(Amount.CASH),
            totals.fen(Amount.HOSP_PART)
        };
    }

    public boolean isFaulty() {
        return result == Result.DIFFERENT;
    }
}
