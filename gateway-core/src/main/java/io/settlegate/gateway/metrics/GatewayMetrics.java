package io.settlegate.gateway.metrics;

import io.settlegate.gateway.desk.QueryDesk;
import io.settlegate.gateway.pipeline.LineCounters;
import io.settlegate.gateway.pipeline.Pipeline;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.pipeline.PowerHistogram;
import io.settlegate.gateway.pipeline.Stage;
import io.settlegate.gateway.pipeline.TerminalKeys;
import io.settlegate.gateway.records.IndexThread;
import io.settlegate.gateway.transport.CloseCause;
import io.settlegate.gateway.transport.TerminalServer;
import io.settlegate.journal.DurableMark;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Space;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.crypto.SignatureVerifiers;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/**
 * Looks at a running gateway for a scrape. Everything it reads may be read by any thread; nothing waits for it.
 */
@SuppressWarnings("LongDoubleConversion") // what is scraped is a double
public final class GatewayMetrics {
    private static final double MS_PER_SECOND = 1e3;
    private static final double NS_PER_SECOND = 1e9;

    private final GatewayStatus status;
    private final Pipeline pipeline;
    private final TerminalServer server;
    private final Journal journal;
    private final TerminalKeys terminalKeys;
    private final SignatureVerifiers signatures;
    private final IndexThread indexing;
    private final QueryDesk desk;
    private final LineCounters counters;
    private final Clock clock;
    private final String version;
    private final int eventLoopCount;
    private final SnapshotMeter snapshots = new SnapshotMeter();
    private final PowerHistogram forceTimesNs = PowerHistogram.ofNanoseconds();

    /** From now on the journal's forces are counted here. */
    public GatewayMetrics(
            final GatewayStatus status,
            final Pipeline pipeline,
            final TerminalServer server,
            final Journal journal,
            final TerminalKeys terminalKeys,
            final SignatureVerifiers signatures,
            final IndexThread indexing,
            final QueryDesk desk,
            final LineCounters counters,
            final Clock clock,
            final String version,
            final int eventLoopCount) {
        this.status = status;
        this.pipeline = pipeline;
        this.server = server;
        this.journal = journal;
        this.terminalKeys = terminalKeys;
        this.signatures = signatures;
        this.indexing = indexing;
        this.desk = desk;
        this.counters = counters;
        this.clock = clock;
        this.version = version;
        this.eventLoopCount = eventLoopCount;
        journal.onForce(forceTimesNs::record);
    }

    public GatewayStatus status() {
        return status;
    }

    /** For whoever has snapshots made. */
    public SnapshotMeter snapshotMeter() {
        return snapshots;
    }

    void collect(final Snapshots into) {
        into.add(Metric.READY, status.isReady() ? 1 : 0);
        build(into);
        answers(into);
        line(into);
        signatures(into);
        journal(into);
        index(into);
        snapshots(into);
        connections(into);
    }

    private void snapshots(final Snapshots into) {
        into.add(Metric.SNAPSHOTS_MADE, snapshots.madeCount());
        into.add(Metric.SNAPSHOTS_FAILED, snapshots.failedCount());
        into.add(Metric.SNAPSHOT_TIME, snapshots.lastTookNs() / NS_PER_SECOND);
        into.add(
                Metric.SNAPSHOT_AGE,
                snapshots.ageMs(clock.millis(), journal.genesis().timeMs()) / MS_PER_SECOND);
        into.add(Metric.SNAPSHOT_SEQUENCE, snapshots.newestSequence());
    }

    private void signatures(final Snapshots into) {
        into.add(Metric.KEY_TABLES, signatures.tables().count());
        into.add(Metric.KEY_TABLES_LIMIT, signatures.tables().capacity());
        into.add(Metric.KEY_TABLE_EVICTIONS, signatures.tables().evictions());
        into.add(Metric.SIGNATURES_OVERRULED, signatures.overruledCount());
    }

    private void build(final Snapshots into) {
        final PipelineConfiguration line = pipeline.configuration();
        into.addInfo(
                Metric.BUILD,
                "version",
                version,
                "durability",
                journal.level().name().toLowerCase(Locale.ROOT),
                "wait_strategy",
                "staged-blocking",
                "threads",
                line.threads().name().toLowerCase(Locale.ROOT),
                "verifiers",
                String.valueOf(line.verifierCount()),
                "event_loops",
                String.valueOf(eventLoopCount),
                "signatures",
                signatures.selection().path().label());
    }

    private void answers(final Snapshots into) {
        for (final ResultCode code : ResultCode.values()) {
            into.add(Metric.ANSWERS, counters.answers(code), "code", String.valueOf(code.code()), "name", code.name());
        }
        into.add(Metric.REPEATS, counters.repeats());
    }

    private void line(final Snapshots into) {
        into.add(Metric.RING_SLOTS, pipeline.configuration().ringSize());
        into.add(Metric.RING_USED_SLOTS, pipeline.publisher().usedCount());
        into.add(Metric.REQUESTS_IN_FLIGHT, server.counters().inFlightCount());
        into.add(Metric.REQUEST_TIME, List.of(pipeline.meter().requestTimesNs()), Snapshots.Scale.NANOSECONDS);
        for (final Stage stage : Stage.values()) {
            into.add(
                    Metric.STAGE_TIME,
                    pipeline.meter().batchTimesNs(stage),
                    Snapshots.Scale.NANOSECONDS,
                    "stage",
                    stage.name().toLowerCase(Locale.ROOT));
        }
        into.add(Metric.SEAL_RECORDS, List.of(pipeline.meter().sealedCounts()), Snapshots.Scale.COUNTS);
    }

    private void journal(final Snapshots into) {
        // Marks only rise, so the one behind is read first.
        final DurableMark forced = journal.forcedMark();
        final DurableMark durable = journal.durableMark();
        final Space space = journal.space();
        into.add(Metric.FORCE_TIME, List.of(forceTimesNs), Snapshots.Scale.NANOSECONDS);
        into.add(Metric.JOURNAL_SEQUENCE, durable.lastSequence());
        into.add(Metric.UNSEALED_RECORDS, Math.max(0, pipeline.meter().appendedSequence() - durable.lastSequence()));
        into.add(Metric.UNFORCED_RECORDS, Math.max(0, durable.lastSequence() - forced.lastSequence()));
        into.add(Metric.SEAL_AGE, (clock.millis() - durable.seal().timeMs()) / MS_PER_SECOND);
        into.add(Metric.DISK_FREE, space.freeLength());
        into.add(Metric.DISK_WRITE_FLOOR, space.writeFloorLength());
        into.add(Metric.DISK_READ_FLOOR, space.readFloorLength());
    }

    private void index(final Snapshots into) {
        into.add(Metric.INDEX_SEQUENCE, Math.max(0, indexing.coveredThrough()));
        into.add(Metric.INDEX_FAILED, indexing.hasFailed() ? 1 : 0);
        into.add(Metric.INDEX_RUNS, indexing.runCount());
        into.add(Metric.INDEX_LENGTH, indexing.length());
        into.add(Metric.PAGES, desk.answeredCount());
        into.add(Metric.PAGES_WAITING, desk.waitingCount());
    }

    private void connections(final Snapshots into) {
        into.add(Metric.CONNECTIONS, server.connectionCount());
        into.add(Metric.CONNECTIONS_OPENED, server.counters().openedCount());
        for (final CloseCause cause : CloseCause.values()) {
            into.add(Metric.CONNECTIONS_CLOSED, server.counters().closedCount(cause), "cause", cause.label());
        }
        into.add(Metric.SESSIONS, server.sessionCount());
        into.add(Metric.TERMINALS, terminalKeys.count());
        into.add(Metric.NETWORK_MEMORY, server.directMemoryLength());
    }
}
