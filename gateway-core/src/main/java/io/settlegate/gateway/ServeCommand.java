package io.settlegate.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.settlegate.gateway.operations.OperatorAddress;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.OperatorConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.journal.SetAside;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
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
            description =
                    "batch: forced to the disk before a reply leaves (default); none: not forced, for benchmarks only")
    private String durability;

    @Option(names = "--insecure", description = "listen off loopback although there is no TLS yet")
    private boolean insecure;

    @Option(
            names = "--operator-listen",
            paramLabel = "WHERE",
            description =
                    "where `settlegate admin` reaches the running gateway: unix:PATH, HOST:PORT on the loopback, or none"
                            + " (default: unix:DIR/operator.sock)")
    private String operatorListen;

    @Option(names = "--config", paramLabel = "FILE", description = "settlegate.yaml; options on the command line win")
    private Path config;

    /** The settings of settlegate.yaml. Absent ones keep their defaults. */
    record Settings(
            String listen,
            String operatorListen,
            String durability,
            Boolean insecure,
            Integer windowCount,
            Integer maxConnections,
            Integer heartbeatIntervalMs,
            Integer idleTimeoutMs,
            Integer signInTimeoutMs,
            Integer maxOutboundLength,
            Integer ringSize,
            Integer verifierCount,
            Integer maxBatchSize) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        final GatewayConfiguration configuration = configuration();
        final OpenGateway opened = OpenGateway.recover(new DataDirectory(data), configuration.durability());
        final Gateway gateway;
        try {
            gateway = Gateway.start(opened, configuration, Clock.systemUTC(), ServeCommand::stopAtOnce);
        } catch (final IOException e) {
            opened.close();
            throw e;
        }
        final CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            gateway.close();
                            stopped.countDown();
                        },
                        "stop"));
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
        stopped.await();
        return 0;
    }

    /** No drain, no shutdown hook: the line is broken, and nothing more may be said. */
    private static void stopAtOnce(final String stage, final Throwable cause) {
        LOG.error("stage {} failed: the process stops at once; no reply of its batch has left", stage, cause);
        Runtime.getRuntime().halt(FATAL_EXIT_CODE);
    }

    private GatewayConfiguration configuration() throws IOException {
        final Settings settings = settings();
        final InetSocketAddress address = address(first(listen, settings.listen, DEFAULT_LISTEN));
        if (!address.getAddress().isLoopbackAddress() && !insecure && !Boolean.TRUE.equals(settings.insecure)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "listening on " + address.getHostString()
                            + " would carry patients' data in clear over a network; add --insecure if that network is trusted");
        }
        final int cores = Runtime.getRuntime().availableProcessors();
        final TransportConfiguration t = TransportConfiguration.forCores(address, cores);
        final PipelineConfiguration p = PipelineConfiguration.forCores(cores);
        try {
            return new GatewayConfiguration(
                    data,
                    level(first(durability, settings.durability, "batch")),
                    new TransportConfiguration(
                            address,
                            t.eventLoopCount(),
                            first(settings.maxConnections, t.maxConnections()),
                            first(settings.windowCount, t.windowCount()),
                            first(settings.heartbeatIntervalMs, t.heartbeatIntervalMs()),
                            first(settings.idleTimeoutMs, t.idleTimeoutMs()),
                            first(settings.signInTimeoutMs, t.signInTimeoutMs()),
                            first(settings.maxOutboundLength, t.maxOutboundLength())),
                    new PipelineConfiguration(
                            first(settings.ringSize, p.ringSize()), first(settings.verifierCount, p.verifierCount()),
                            first(settings.maxBatchSize, p.maxBatchSize()), p.threads()),
                    operator(first(operatorListen, settings.operatorListen)));
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), (config == null ? "" : config + ": ") + e.getMessage(), e);
        }
    }

    private OperatorConfiguration operator(final String where) {
        if ("none".equals(where)) {
            return OperatorConfiguration.NONE;
        }
        return OperatorConfiguration.on(where == null ? OperatorAddress.in(data) : OperatorAddress.parse(where));
    }

    private Settings settings() throws IOException {
        if (config == null) {
            return new Settings(null, null, null, null, null, null, null, null, null, null, null, null, null);
        }
        try {
            return YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(config.toFile(), Settings.class);
        } catch (final JsonMappingException e) {
            final String key = e.getPath().isEmpty() ? "" : e.getPath().get(0).getFieldName();
            throw new IOException(config + ":" + lineOf(key) + ": " + key + ": " + reasonOf(e), e);
        } catch (final JsonProcessingException e) {
            throw new IOException(config + ":" + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static String reasonOf(final JsonMappingException e) {
        return e instanceof UnrecognizedPropertyException unknown
                ? "unknown setting; known are " + unknown.getKnownPropertyIds()
                : e.getOriginalMessage();
    }

    /** A record is made when its whole mapping was read, so the exception's own location is the end. The settings are flat. */
    private int lineOf(final String key) throws IOException {
        final List<String> lines = Files.readAllLines(config);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(key + ":")) {
                return i + 1;
            }
        }
        return 1;
    }

    private DurabilityLevel level(final String name) {
        final String upper = name.toUpperCase(Locale.ROOT);
        if (!upper.equals("BATCH") && !upper.equals("NONE")) {
            throw new ParameterException(spec.commandLine(), "durability is batch or none, not " + name);
        }
        return DurabilityLevel.valueOf(upper);
    }

    private InetSocketAddress address(final String hostAndPort) throws IOException {
        final int colon = hostAndPort.lastIndexOf(':');
        try {
            final int port = Integer.parseInt(hostAndPort.substring(colon + 1));
            return new InetSocketAddress(InetAddress.getByName(hostAndPort.substring(0, Math.max(0, colon))), port);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "listen wants HOST:PORT, not " + hostAndPort, e);
        }
    }

    private static <T> T first(final T one, final T other) {
        return one == null ? other : one;
    }

    private static String first(final String one, final String two, final String three) {
        return first(one, first(two, three));
    }
}
