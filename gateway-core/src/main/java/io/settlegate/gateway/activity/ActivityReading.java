package io.settlegate.gateway.activity;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.replay.PointScan;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayStart;
import io.settlegate.gateway.settlement.RegisteredParties;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.gateway.settlement.VoucherActivation;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Makes a report: the engine as the journal left it on the last day, from the newest snapshot before it or from the founding, tells who
 * is insured and has an e-voucher; the records tell what was settled.
 *
 * <p>No state; one thread; blocks on the disk.
 */
public final class ActivityReading {
    private ActivityReading() {}

    /** @throws IOException if the journal computes otherwise in this build, or has no record so early. */
    public static ActivityReport of(final Store store, final Span span, final Targets targets) throws IOException {
        final SettlementEngine engine = engineAt(store, span);
        final VoucherActivation activation = new VoucherActivation(engine);
        final SettlementTally tally = new SettlementTally(span, activation);
        try (JournalFollower follower = JournalFollower.open(store)) {
            tally.read(follower);
        }
        final ActivityReport report = new ActivityReport(span, targets);
        putInstitutions(report, tally, engine);
        final Map<String, String> names = new HashMap<>();
        report.institutions()
                .values()
                .forEach(institution -> names.put(institution.admdvs(), activation.regionName(institution.admdvs())));
        report.putRegions(activation.regions(), names);
        report.putEnd(tally.lastSequence(), tally.lastTimeMs());
        return report;
    }

    private static SettlementEngine engineAt(final Store store, final Span span) throws IOException {
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
        final PointScan scan =
                new PointScan(ReplayEnd.of(JournalPoint.parse(span.to().toString())), replay);
        scan.read(store, ReplayStart.SNAPSHOT);
        if (scan.lastSequence() < 0) {
            throw new IOException("no record of this journal is as early as " + span.to());
        }
        if (replay.mismatchCount() > 0) {
            throw new IOException("this build computes " + replay.mismatchCount()
                    + " records otherwise than the journal says, so that who is insured cannot be told; run"
                    + " `settlegate replay`");
        }
        return replay.engine();
    }

    private static void putInstitutions(
            final ActivityReport report, final SettlementTally tally, final SettlementEngine engine) {
        final RegisteredParties parties = new RegisteredParties(engine);
        final Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < parties.institutionCount(); row++) {
            rows.put(parties.institutionCode(row), row);
        }
        for (final Map.Entry<String, SortedMap<String, Counts>> entry :
                tally.institutions().entrySet()) {
            final Integer row = rows.get(entry.getKey());
            report.put(new ActivityReport.Institution(
                    entry.getKey(),
                    row == null ? "" : parties.institutionName(row),
                    row == null ? "" : parties.institutionAdmdvs(row),
                    entry.getValue()));
        }
    }
}
