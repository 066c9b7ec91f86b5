package io.settlegate.gateway;

import io.settlegate.gateway.metrics.MetricsServer;
import io.settlegate.gateway.operations.OperatorAddress;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.OperatorConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.journal.RefusedSnapshot;
import io.settlegate.journal.SetAside;
import io.settlegate.journal.SnapshotUse;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Recovers the journal and serves terminals until SIGTERM, which drains.",
            "Prints `settlegate ready on HOST:PORT` when it accepts connections."
        },
        footer = {
            "",
            "settlegate.yaml holds one setting on a line, `name: value`; unknown ones are refused by line:",
            "  listen, operatorListen, metricsListen, durability, signature, insecure   as the options above",
            "  backgroundForceMs     1000  at process: how often the disk is forced",
            "  segmentLength   1073741824  bytes after which the journal goes on in a new segment, which can be archived later",
            "  windowCount             16  requests of one terminal under way; more are BUSY (202)",
            "  maxConnections       20000  more are closed at once",
            "  heartbeatIntervalMs  20000  what terminals are told to keep",
            "  idleTimeoutMs        60000  no whole frame for so long: closed",
            "  signInTimeoutMs      10000  not signed in by then: closed",
            "  frameTimeoutMs       10000  a frame begun and not whole by then: closed",
            "  stallTimeoutMs       20000  replies waiting and none taken for so long: closed",
            "  maxOutboundLength  1048576  bytes of replies waiting for one connection; more: closed",
            "  ringSize              1024  requests on the line, a power of two; more are BUSY (201)",
            "  verifierCount               threads that check signatures (default: by the number of cores)",
            "  keyTablesLength   67108864  bytes outside the heap for tables of terminals' keys, 4096 a terminal",
            "  maxBatchSize           256  records under one seal",
            "  snapshotIntervalMs       0  as the option above",
            "docs/METRICS.md lists the metrics."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final int MIN_SNAPSHOT_INTERVAL_MS = 1_000;
    private static final String DEFAULT_LISTEN = "127.0.0.1:7400";
    /** EX_SOFTWARE of sysexits.h. */
    private static final int FATAL_EXIT_CODE = 70;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "data directory, made by `admin init`")
    private Path data;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where terminals connect; port 0 takes a free one (default: " + DEFAULT_LISTEN + ")")
    private String listen;

    @Option(
            names = "--durability",
            paramLabel = "LEVEL",
            description = {
                "what must have happened before a reply leaves:",
                "batch: forced to the disk, many records at a time; survives a power cut (default)",
                "record: forced to the disk, each record by itself; as safe as batch, and slow",
                "process: written to the page cache, forced every backgroundForceMs; a power cut may take what replies told of",
                "none: as process, but not forced before the stop; for benchmarks"
            })
    private String durability;

    @Option(
            names = "--signature",
            paramLabel = "PATH",
            description = {
                "how signatures are verified: auto measures and takes the fastest (default);",
                "vector, scalar, or bouncycastle is taken if this machine and JVM offer it"
            })
    private String signature;

    @Option(
            names = "--metrics-listen",
            paramLabel = "HOST:PORT",
            description = "answer GET /metrics (Prometheus), /health, and /ready there (default: off)")
    private String metricsListen;

    @Option(names = "--insecure", description = "listen off loopback although there is no TLS yet")
    private boolean insecure;

    @Option(
            names = "--operator-listen",
            paramLabel = "WHERE",
            description =
                    "where `settlegate admin` reaches the running gateway: unix:PATH, HOST:PORT on the loopback, or none"
                            + " (default: unix:DIR/operator.sock)")
    private String operatorListen;

    @Option(
            names = "--snapshot-interval-ms",
            paramLabel = "MS",
            description = {
                "have `journal snapshot` make one so long after the one before, in a process of low priority beside this one;",
                "it takes as much memory as the gateway. 0 makes none (default)"
            })
    private Integer snapshotIntervalMs;

    @Option(names = "--config", paramLabel = "FILE", description = "settlegate.yaml; options on the command line win")
    private Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Settings settings = config == null ? Settings.NONE : new SettingsFile(config).read();
        final GatewayConfiguration configuration = configuration(settings);
        final int snapshotsEachMs = snapshotIntervalMs(settings);
        final MetricsServer metrics = metricsServer(first(metricsListen, settings.metricsListen()), settings);
        final OpenGateway opened = OpenGateway.recover(new DataDirectory(data), configuration.durability());
        final Gateway gateway = Gateway.start(opened, configuration, Clock.systemUTC(), ServeCommand::stopAtOnce);
        if (metrics != null) {
            metrics.attach(gateway.metrics());
        }
        final SnapshotSchedule snapshots = SnapshotSchedule.start(
                data,
                snapshotsEachMs,
                SnapshotSchedule.DEADLINE_MS,
                gateway.metrics().snapshotMeter());
        final CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            snapshots.close();
                            gateway.close();
                            stopped.countDown();
                        },
                        "stop"));
        tell(opened, gateway);
        stopped.await();
        return 0;
    }

    private void tell(final OpenGateway opened, final Gateway gateway) {
        if (opened.engine().isClockJump(System.currentTimeMillis())) {
            LOG.warn(
                    "the clock is far ahead of the journal's last record: every request is refused (305) until the clock is"
                            + " mended, or accepted with `settlegate admin accept-clock`");
        }
        final SetAside aside = opened.journal().setAside();
        if (aside != null) {
            LOG.warn(
                    "SET ASIDE {} bytes that stood after seal {}: {}. They are kept in set-aside/{}; see docs/OPERATIONS.md",
                    aside.length(),
                    aside.lastSealNumber(),
                    aside.reason(),
                    aside.name());
        }
        final SnapshotUse begun = opened.journal().begunFrom();
        for (final RefusedSnapshot refused : begun.refused()) {
            LOG.warn("SNAPSHOT REFUSED {}; see docs/OPERATIONS.md", refused.describe());
        }
        if (begun.isFromSnapshot()) {
            LOG.info("began at the snapshot up to record {}: {}", begun.sequence(), begun.place());
        }
        LOG.info(
                "recovered {} records under {} seals; {} terminals",
                opened.replay().recordCount(),
                opened.replay().sealCount(),
                opened.terminalKeys().count());
        spec.commandLine()
                .getOut()
                .println("settlegate ready on " + gateway.address().getAddress().getHostAddress() + ':'
                        + gateway.address().getPort());
        spec.commandLine().getOut().flush();
    }

    /** @return null where none is wanted. */
    private MetricsServer metricsServer(final String where, final Settings settings) throws IOException {
        if (where == null) {
            return null;
        }
        final InetSocketAddress address = address("metricsListen", where);
        checkExposure(
                address,
                settings,
                "would tell the gateway's load to a network; add --insecure if that network is trusted");
        final MetricsServer metrics = MetricsServer.listen(address);
        LOG.info(
                "metrics, health, and readiness at http://{}:{}",
                metrics.address().getAddress().getHostAddress(),
                metrics.address().getPort());
        return metrics;
    }

    /** No drain, no shutdown hook: the line is broken, and nothing more may be said. */
    private static void stopAtOnce(final String stage, final Throwable cause) {
        LOG.error("stage {} failed: the process stops at once; no reply of its batch has left", stage, cause);
        Runtime.getRuntime().halt(FATAL_EXIT_CODE);
    }

    private GatewayConfiguration configuration(final Settings settings) throws IOException {
        final InetSocketAddress address = address("listen", first(listen, settings.listen(), DEFAULT_LISTEN));
        checkExposure(
                address,
                settings,
                "would carry patients' data in clear over a network; add --insecure if that network is trusted");
        final int cores = Runtime.getRuntime().availableProcessors();
        try {
            return new GatewayConfiguration(
                    data,
                    level(first(durability, settings.durability(), "batch")),
                    transport(settings, TransportConfiguration.forCores(address, cores)),
                    pipeline(settings, PipelineConfiguration.forCores(cores)),
                    operator(first(operatorListen, settings.operatorListen())),
                    first(signature, settings.signature(), GatewayConfiguration.DEFAULT_SIGNATURE),
                    first(settings.keyTablesLength(), GatewayConfiguration.DEFAULT_KEY_TABLES_LENGTH),
                    first(settings.backgroundForceMs(), GatewayConfiguration.DEFAULT_BACKGROUND_FORCE_MS),
                    first(settings.segmentLength(), GatewayConfiguration.DEFAULT_SEGMENT_LENGTH));
        } catch (final IllegalArgumentException e) {
            // Messages of the configurations open with the setting's name.
            final String key = e.getMessage().substring(0, e.getMessage().indexOf(' '));
            throw new ParameterException(
                    spec.commandLine(), (config == null ? "" : new SettingsFile(config).at(key)) + e.getMessage(), e);
        }
    }

    private static TransportConfiguration transport(final Settings settings, final TransportConfiguration defaults) {
        return new TransportConfiguration(
                defaults.listen(),
                defaults.eventLoopCount(),
                first(settings.maxConnections(), defaults.maxConnections()),
                first(settings.windowCount(), defaults.windowCount()),
                first(settings.heartbeatIntervalMs(), defaults.heartbeatIntervalMs()),
                first(settings.idleTimeoutMs(), defaults.idleTimeoutMs()),
                first(settings.signInTimeoutMs(), defaults.signInTimeoutMs()),
                first(settings.frameTimeoutMs(), defaults.frameTimeoutMs()),
                first(settings.stallTimeoutMs(), defaults.stallTimeoutMs()),
                first(settings.maxOutboundLength(), defaults.maxOutboundLength()));
    }

    private static PipelineConfiguration pipeline(final Settings settings, final PipelineConfiguration defaults) {
        return new PipelineConfiguration(
                first(settings.ringSize(), defaults.ringSize()),
                first(settings.verifierCount(), defaults.verifierCount()),
                first(settings.maxBatchSize(), defaults.maxBatchSize()),
                defaults.threads());
    }

    private void checkExposure(final InetSocketAddress address, final Settings settings, final String what) {
        if (!address.getAddress().isLoopbackAddress() && !insecure && !Boolean.TRUE.equals(settings.insecure())) {
            throw new ParameterException(spec.commandLine(), "listening on " + address.getHostString() + ' ' + what);
        }
    }

    private OperatorConfiguration operator(final String where) {
        if ("none".equals(where)) {
            return OperatorConfiguration.NONE;
        }
        return OperatorConfiguration.on(where == null ? OperatorAddress.in(data) : OperatorAddress.parse(where));
    }

    private int snapshotIntervalMs(final Settings settings) throws IOException {
        final String key = "snapshotIntervalMs";
        final int value = first(first(snapshotIntervalMs, settings.snapshotIntervalMs()), 0);
        if (value != 0 && value < MIN_SNAPSHOT_INTERVAL_MS) {
            final boolean isOfFile = snapshotIntervalMs == null && config != null;
            throw new ParameterException(
                    spec.commandLine(),
                    (isOfFile ? new SettingsFile(config).at(key) : "") + key + " is 0 or at least "
                            + MIN_SNAPSHOT_INTERVAL_MS + ", not " + value);
        }
        return value;
    }

    private static DurabilityLevel level(final String name) {
        for (final DurabilityLevel level : DurabilityLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(name)) {
                return level;
            }
        }
        throw new IllegalArgumentException("durability is none, process, batch, or record, not " + name);
    }

    private InetSocketAddress address(final String key, final String hostAndPort) throws IOException {
        final int colon = hostAndPort.lastIndexOf(':');
        try {
            final int port = Integer.parseInt(hostAndPort.substring(colon + 1));
            return new InetSocketAddress(InetAddress.getByName(hostAndPort.substring(0, Math.max(0, colon))), port);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), key + " wants HOST:PORT, not " + hostAndPort, e);
        }
    }

    private static <T> T first(final T one, final T other) {
        return one == null ? other : one;
    }

    private static String first(final String one, final String two, final String three) {
        return first(one, first(two, three));
    }
}
