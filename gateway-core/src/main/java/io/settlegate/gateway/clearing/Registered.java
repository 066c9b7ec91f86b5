package io.settlegate.gateway.clearing;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.replay.PointScan;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayStart;
import io.settlegate.gateway.settlement.RegisteredParties;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which clearing offices and institutions a journal has registered, so that a report of one that is not is refused and not empty.
 *
 * <p>Imports in segments that were archived are in no record any more; the engine, replayed from the newest snapshot, knows what they
 * named. Immutable.
 */
public final class Registered {
    private final Set<String> offices;
    private final Set<String> institutions;
    private final Map<String, String> archivedNames;

    private Registered(final Set<String> offices, final Set<String> institutions, final Map<String, String> names) {
        this.offices = Set.copyOf(offices);
        this.institutions = Set.copyOf(institutions);
        this.archivedNames = Map.copyOf(names);
    }

    /** Reads the acts of a journal up to its durable mark: every record that is kept. Blocks on the disk. */
    public static Registered read(final Store store) throws IOException {
        try (JournalFollower follower = JournalFollower.open(store)) {
            return of(ActHistory.read(follower), follower, store);
        }
    }

    static Registered of(final ActHistory history, final JournalFollower follower, final Store store) {
        final Set<String> offices = new HashSet<>(history.regions());
        final Map<String, String> names = history.institutionNames(history.lastSequence());
        final Set<String> institutions = new HashSet<>(names.keySet());
        final Map<String, String> archived = new HashMap<>();
        if (follower.archivedEnd() != null) {
            final EngineReplay replay =
                    new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
            new PointScan(ReplayEnd.NONE, replay).read(store, ReplayStart.SNAPSHOT);
            final RegisteredParties parties = new RegisteredParties(replay.engine());
            for (int row = 0; row < parties.institutionCount(); row++) {
                archived.put(parties.institutionCode(row), parties.institutionName(row));
            }
            for (int row = 0; row < parties.regionCount(); row++) {
                offices.add(parties.regionAdmdvs(row));
            }
            institutions.addAll(archived.keySet());
        }
        return new Registered(offices, institutions, archived);
    }

    /**
     * Refuses what is not registered.
     *
     * @param office or null for all.
     * @param institution or null for all.
     * @throws IOException that names it and says what to do.
     */
    public void check(final String office, final String institution) throws IOException {
        if (office != null && !offices.contains(office)) {
            throw new IOException("--office " + office + ": no region of this admdvs is registered in this journal; an"
                    + " office is the division where persons are insured: look at the code");
        }
        if (institution != null && !institutions.contains(institution)) {
            throw new IOException("--institution " + institution
                    + ": no institution of this fixmedins_code is registered in this journal; look at the code");
        }
    }

    /** What institutions are called now, where imports were archived; empty where none were. */
    Map<String, String> archivedNames() {
        return archivedNames;
    }
}
