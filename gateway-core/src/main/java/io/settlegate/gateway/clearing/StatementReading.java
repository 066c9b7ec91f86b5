package io.settlegate.gateway.clearing;

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
     * @throws IOException if office or institution is not registered, or a record that was undone in the period is not there.
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
            final Registered registered = Registered.of(history, follower, store);
            registered.check(office, institution);
            final Map<String, String> names = new HashMap<>(registered.archivedNames());
            names.putAll(history.institutionNames(closing == null ? history.lastSequence() : closing.sequence()));
            statement = new ClearingStatement(office, period, institution, names);
            MoneyRows.tell(follower, period, statement::add);
        }
    }

    /** The first sixteen hexadecimal digits of the SM3 of a public key. */
    public static String keyId(final Sm2PublicKey key) {
        return HexFormat.of().formatHex(Sm3.hash(key.encoded()), 0, KEY_ID_BYTES);
    }

    public ClearingStatement statement() {
        return statement;
    }

    public Finality finality() {
        return finality;
    }
}
