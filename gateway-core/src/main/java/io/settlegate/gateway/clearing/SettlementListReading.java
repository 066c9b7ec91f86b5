package io.settlegate.gateway.clearing;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.replay.PointScan;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayStart;
import io.settlegate.gateway.settlement.EngineInspection;
import io.settlegate.gateway.settlement.PersonInspection;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.gateway.settlement.VisitLine;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds an inpatient settlement and all that the gateway knows of its stay: from the records since the admission, and, for the lines and
 * the person, from the engine as it stood before the settlement, replayed from the newest snapshot before it or from the founding.
 *
 * <p>One use, one thread; blocks on the disk.
 */
final class SettlementListReading {
    private static final int SEQUENCE_START = 14;

    private final Store store;

    SettlementListReading(final Store store) {
        this.store = store;
    }

    /** @throws IOException if there is no such inpatient settlement. */
    SettlementList bySetlId(final String setlId) throws IOException {
        try (JournalFollower follower = JournalFollower.open(store)) {
            final StayRecords stay = stay(follower, mdtrtIdOf(follower, setlId));
            for (final StayRecords.Settled settled : stay.settlements()) {
                if (settled.setlId.equals(setlId)) {
                    return list(stay, settled);
                }
            }
        }
        throw new IOException("no inpatient settlement has this setl_id in the journal");
    }

    private static String mdtrtIdOf(final JournalFollower follower, final String setlId) throws IOException {
        final long sequence = Long.parseLong(setlId.substring(SEQUENCE_START));
        final long last = follower.lastSequence();
        if (sequence > last) {
            throw new IOException("there is no durable record " + sequence + "; the last is " + last);
        }
        follower.seek(sequence);
        final RecordParts parts = new RecordParts();
        if (follower.nextBatch()
                && parts.wrap(follower.get((int) (sequence - follower.seal().firstSequence())))) {
            final MessageView outcome = parts.outcome();
            if (outcome.isKnown()
                    && outcome.templateId() == InpatientSettleOutcomeDecoder.TEMPLATE_ID
                    && outcome.text("setlId").equals(setlId)) {
                return outcome.text("mdtrtId");
            }
        }
        throw new IOException("record " + sequence
                + " is no inpatient settlement of this setl_id; settlement lists are of inpatient settlements (2304)");
    }

    /** The last settlement of a stay that stands. */
    SettlementList byMdtrtId(final String mdtrtId) throws IOException {
        try (JournalFollower follower = JournalFollower.open(store)) {
            final StayRecords stay = stay(follower, mdtrtId);
            StayRecords.Settled last = null;
            for (final StayRecords.Settled settled : stay.settlements()) {
                last = settled.undoneSequence < 0 ? settled : last;
            }
            if (last == null) {
                throw new IOException("no settlement of this stay stands; name one that was undone by its setl_id");
            }
            return list(stay, last);
        }
    }

    private static StayRecords stay(final JournalFollower follower, final String mdtrtId) throws IOException {
        final StayRecords stay = new StayRecords(mdtrtId);
        stay.read(follower);
        if (stay.admission() == null) {
            throw new IOException("no admission gave this mdtrt_id; settlement lists are of stays");
        }
        return stay;
    }

    private SettlementList list(final StayRecords stay, final StayRecords.Settled settled) throws IOException {
        final String mdtrtId = stay.mdtrtId();
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.COUNTED);
        new PointScan(ReplayEnd.of(JournalPoint.ofSequence(settled.sequence - 1)), replay)
                .read(store, ReplayStart.SNAPSHOT);
        if (replay.mismatchCount() > 0) {
            throw new IOException("this build computes " + replay.mismatchCount()
                    + " records before this settlement otherwise than the journal says; run `settlegate replay`");
        }
        final EngineInspection engine = new EngineInspection(replay.engine());
        final List<SettlementList.Line> lines = new ArrayList<>();
        for (final VisitLine line : engine.unsettledLines(mdtrtId, settled.chrgBchno)) {
            lines.add(line(line, engine));
        }
        return new SettlementList(
                mdtrtId,
                stay.admission(),
                settled,
                new PersonInspection(replay.engine())
                        .byNumber(stay.admission().psnNo(), settled.timeMs)
                        .map(person ->
                                new SettlementList.Person(person.psnName(), person.psnCertType(), person.certno()))
                        .orElse(new SettlementList.Person("", "", "")),
                engine.institutionName(stay.admission().institution()),
                lines);
    }

    private static SettlementList.Line line(final VisitLine line, final EngineInspection engine) {
        return new SettlementList.Line(
                line.feedetlSn(),
                line.medListCodg(),
                engine.itemName(line.medListCodg()),
                line.itemClass(),
                line.cntE4(),
                line.pricE6(),
                line.amountFen(),
                line.ownpayFen(),
                line.overlmtFen(),
                line.preselfpayFen(),
                line.inscpFen());
    }
}
