package io.settlegate.gateway;

import io.settlegate.gateway.desk.QueryDesk;
import io.settlegate.gateway.desk.RecordsPageMaker;
import io.settlegate.gateway.desk.StatementPageMaker;
import io.settlegate.gateway.desk.StatementResults;
import io.settlegate.gateway.metrics.GatewayMetrics;
import io.settlegate.gateway.metrics.GatewayStatus;
import io.settlegate.gateway.operations.OperatorAddress;
import io.settlegate.gateway.pipeline.FatalExit;
import io.settlegate.gateway.pipeline.LineCounters;
import io.settlegate.gateway.pipeline.OperatorKey;
import io.settlegate.gateway.pipeline.Pipeline;
import io.settlegate.gateway.records.IndexThread;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.GatewayStartedEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.transport.CloseCause;
import io.settlegate.gateway.transport.OperatorConfiguration;
import io.settlegate.gateway.transport.OperatorServer;
import io.settlegate.gateway.transport.TerminalServer;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.journal.Journal;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.crypto.SignatureVerifiers;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: recovered journal and engine, the line, the listener, housekeeping.
 *
 * <p>Started and closed by one thread. {@link #close()} drains: what was claimed is answered before the sockets close.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration DESK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(2);
    private static final int ACT_LENGTH = 128;

    private final OpenGateway opened;
    private final TerminalServer server;
    private final Pipeline pipeline;
    private final IndexThread indexing;
    private final QueryDesk desk;
    private final SignatureVerifiers signatures;
    private final Housekeeping housekeeping;
    private final LineCounters counters;
    private final GatewayMetrics metrics;
    private final InetSocketAddress address;
    private final OperatorServer operators;

    private Gateway(
            final OpenGateway opened,
            final TerminalServer server,
            final Pipeline pipeline,
            final IndexThread indexing,
            final QueryDesk desk,
            final SignatureVerifiers signatures,
            final Housekeeping housekeeping,
            final LineCounters counters,
            final GatewayMetrics metrics,
            final InetSocketAddress address,
            final OperatorServer operators) {
        this.opened = opened;
        this.server = server;
        this.pipeline = pipeline;
        this.indexing = indexing;
        this.desk = desk;
        this.signatures = signatures;
        this.housekeeping = housekeeping;
        this.counters = counters;
        this.metrics = metrics;
        this.address = address;
        this.operators = operators;
    }

    /**
     * Starts to serve a recovered gateway, which it owns from then on, also where it throws {@code IOException}: it is closed
     * then, unless a stage did not end and may still be writing to it.
     *
     * @param fatalExit is called when a stage fails; it must end the process.
     * @throws IOException if the listener cannot be bound, or the directory of statements cannot be emptied.
     */
    static Gateway start(
            final OpenGateway opened,
            final GatewayConfiguration configuration,
            final Clock clock,
            final FatalExit fatalExit)
            throws IOException {
        final Journal journal = opened.journal();
        final StatementResults statements = openStatements(opened, configuration);
        recordStart(opened, configuration, clock);

        final GatewayStatus status = new GatewayStatus();
        final FatalExit exit = (stage, cause) -> {
            status.enter(GatewayStatus.Phase.FAILED);
            fatalExit.exit(stage, cause);
        };
        final LineCounters counters = new LineCounters();
        final SignatureVerifiers signatures = new SignatureVerifiers(
                configuration.signature(),
                configuration.keyTablesLength(),
                selection -> LOG.info(selection.description()));
        final TerminalServer server = new TerminalServer(configuration.transport());
        final IndexThread indexing = IndexThread.start(
                opened.store(), new DataDirectory(configuration.data()).index(), () -> journal.durableMark()
                        .lastSequence());
        final QueryDesk desk = QueryDesk.start(
                indexing,
                List.of(new RecordsPageMaker(journal.newReader()), new StatementPageMaker(statements, indexing)),
                counters::answered);
        final Pipeline pipeline = Pipeline.start(
                configuration.pipeline(),
                configuration.transport().eventLoopCount(),
                opened.engine(),
                journal,
                server.egress(),
                desk,
                signatures::newVerifier,
                counters,
                exit);
        final GatewayMetrics metrics = new GatewayMetrics(
                status,
                pipeline,
                server,
                journal,
                opened.terminalKeys(),
                signatures,
                indexing,
                desk,
                counters,
                clock,
                Settlegate.VERSION,
                configuration.transport().eventLoopCount());
        final Housekeeping housekeeping = new Housekeeping(
                journal,
                server.admission(),
                status,
                clock,
                opened.engine().parameters().clockJumpLimitMs(),
                configuration.backgroundForceMs(),
                configuration.segmentLength(),
                exit);
        housekeeping.look();
        try {
            final InetSocketAddress address = server.listen(
                    journal.genesis().gatewayId(),
                    opened.terminalKeys(),
                    signatures,
                    pipeline.publisher(),
                    () -> journal.durableMark().seal().bytes(),
                    counters,
                    clock);
            final OperatorServer operators = listenForOperators(configuration.operator(), journal, server);
            housekeeping.start();
            status.enter(GatewayStatus.Phase.SERVING);
            warnOfLevel(configuration.durability());
            LOG.info(
                    "{}; {} event loop(s); durability {}",
                    configuration.pipeline().describe(),
                    configuration.transport().eventLoopCount(),
                    configuration.durability());
            return new Gateway(
                    opened,
                    server,
                    pipeline,
                    indexing,
                    desk,
                    signatures,
                    housekeeping,
                    counters,
                    metrics,
                    address,
                    operators);
        } catch (final IOException e) {
            // Terminals may have been heard already: nothing may be claimed on a line that is about to end.
            server.stopAccepting(SOCKET_TIMEOUT);
            final boolean drained = pipeline.drain(DRAIN_TIMEOUT);
            desk.drain(DESK_TIMEOUT);
            indexing.close();
            signatures.close();
            server.close(SOCKET_TIMEOUT);
            housekeeping.close();
            if (drained) {
                opened.close();
            }
            throw e;
        }
    }

    /** Before anything else is open that would have to be closed. */
    private static StatementResults openStatements(final OpenGateway opened, final GatewayConfiguration configuration)
            throws IOException {
        try {
            return StatementResults.open(new DataDirectory(configuration.data()).statements(), opened.journal());
        } catch (final IOException e) {
            opened.close();
            throw e;
        }
    }

    private static void warnOfLevel(final DurabilityLevel level) {
        if (level == DurabilityLevel.NONE) {
            LOG.warn(
                    "durability none: nothing is forced to the disk before the stop; replies promise nothing. For benchmarks");
        } else if (level == DurabilityLevel.PROCESS) {
            LOG.warn("durability process: a power cut may take records that terminals were told of");
        }
    }

    /** @return null where the configuration wants none. */
    private static OperatorServer listenForOperators(
            final OperatorConfiguration configuration, final Journal journal, final TerminalServer server)
            throws IOException {
        if (!configuration.isOn()) {
            return null;
        }
        final OperatorServer operators = OperatorServer.listen(
                configuration, new OperatorKey(journal.genesis().operatorKey()), server);
        LOG.info("operators connect at {}", OperatorAddress.shown(operators.address()));
        return operators;
    }

    /** The start is a record: what it promises to sessions is part of the engine's state. */
    private static void recordStart(
            final OpenGateway opened, final GatewayConfiguration configuration, final Clock clock) {
        final TransportConfiguration transport = configuration.transport();
        final UnsafeBuffer act = new UnsafeBuffer(new byte[ACT_LENGTH]);
        final GatewayStartedEncoder started = new GatewayStartedEncoder()
                .wrapAndApplyHeader(act, 0, new MessageHeaderEncoder())
                .domainTag(ActDomainTag.GATEWAY_ACT)
                .durability(configuration.durability().wire().value())
                .windowCount(transport.windowCount())
                .maxLines(Limits.MAX_LINES)
                .maxFrameLength(Limits.MAX_FRAME_LENGTH)
                .heartbeatIntervalMs(transport.heartbeatIntervalMs())
                .idleTimeoutMs(transport.idleTimeoutMs());
        final ActRecorder recorder = new ActRecorder(opened.engine(), opened.journal(), clock);
        recorder.accept(act, 0, MessageHeaderEncoder.ENCODED_LENGTH + started.encodedLength());
        recorder.commit();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Where operators connect, or null where they cannot. */
    public SocketAddress operatorAddress() {
        return operators == null ? null : operators.address();
    }

    public LineCounters counters() {
        return counters;
    }

    /** What it tells of itself. */
    public GatewayMetrics metrics() {
        return metrics;
    }

    /** Connections that were closed for this cause. */
    public long closedCount(final CloseCause cause) {
        return server.counters().closedCount(cause);
    }

    public int connectionCount() {
        return server.connectionCount();
    }

    /** Bytes that the network's buffers take outside the heap. */
    public long networkMemoryLength() {
        return server.directMemoryLength();
    }

    public int sessionCount() {
        return server.sessionCount();
    }

    /** Takes no more requests, answers those on the line, closes sockets, writes the head note. */
    @Override
    public void close() {
        metrics.status().enter(GatewayStatus.Phase.DRAINING);
        if (operators != null) {
            operators.stopAccepting();
        }
        server.stopAccepting(SOCKET_TIMEOUT);
        final boolean drained = pipeline.drain(DRAIN_TIMEOUT);
        // It reads only, through files of its own: if it is late, the journal is closed under it as cleanly as else.
        if (!desk.drain(DESK_TIMEOUT)) {
            LOG.warn("a page or a comparison of a statement was still being made at the stop: it gets no answer");
        }
        indexing.close();
        signatures.close();
        server.close(SOCKET_TIMEOUT);
        housekeeping.close();
        if (drained) {
            opened.close();
        }
        // Else a stage may still be writing; the next start finds an unclean stop, which is true.
        LOG.info(drained ? "drained and stopped" : "stopped with requests on the line: they get no answer");
    }
}
