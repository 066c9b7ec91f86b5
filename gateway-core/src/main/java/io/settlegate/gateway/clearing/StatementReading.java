package io.settlegate.gateway.clearing;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.replay.PointScan;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayStart;
import io.settlegate.gateway.settlement.RegisteredParties;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads a statement out of a journal, up to its durable mark.
 *
 * <p>One use, one thread; blocks on the disk. The gateway may be running. Reads the acts of the whole journal and the records of the period;
 * computes nothing again unless that is asked for.
 */
public final class StatementReading {
    private static final int KEY_ID_BYTES = 8;

    private final Store store;
    private ClearingStatement statement;
    private Finality finality;

    public StatementReading(final Store store) {
        this.store = store;
    }

    /**
     * @param institution fixmedins_code, or null for all.
     * @throws IOException if a record that was undone in the period is not there.
     */
    public void read(final String office, final Period period, final String institution) throws IOException {
        try (JournalFollower follower = JournalFollower.open(store)) {
            final ActHistory history = ActHistory.read(follower);
            final Closing closing = history.closingOf(office, period.last());
            finality = new Finality(
                    closing,
                    closing == null ? "" : keyId(follower.genesis().operatorKey()),
                    history.lastSequence(),
                    history.lastTimeMs());
            final Map<String, String> names =
                    history.institutionNames(closing == null ? history.lastSequence() : closing.sequence());
            statement = new ClearingStatement(office, period, institution, withArchived(names, follower));
            MoneyRows.tell(follower, period, statement::add);
        }
    }

    /** The first sixteen hexadecimal digits of the SM3 of a public key. */
    public static String keyId(final Sm2PublicKey key) {
        return HexFormat.of().formatHex(Sm3.hash(key.encoded()), 0, KEY_ID_BYTES);
    }

    /** Imports in segments that were archived are in no record any more; the engine knows what they named. */
    private Map<String, String> withArchived(final Map<String, String> names, final JournalFollower follower) {
        if (follower.archivedEnd() == null) {
            return names;
        }
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
        new PointScan(ReplayEnd.NONE, replay).read(store, ReplayStart.SNAPSHOT);
        final Map<String, String> all = namesOf(replay.engine());
        all.putAll(names);
        return all;
    }

    private static Map<String, String> namesOf(final SettlementEngine engine) {
        final RegisteredParties parties = new RegisteredParties(engine);
        final Map<String, String> names = new HashMap<>();
        for (int row = 0; row < parties.institutionCount(); row++) {
            names.put(parties.institutionCode(row), parties.institutionName(row));
        }
        return names;
    }

    public ClearingStatement statement() {
        return statement;
    }

    public Finality finality() {
        return finality;
    }
}
