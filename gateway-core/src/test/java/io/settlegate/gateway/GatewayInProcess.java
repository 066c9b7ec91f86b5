package io.settlegate.gateway;

import io.settlegate.gateway.operations.OperatorAddress;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.OperatorConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;

/** Starts a gateway in this process, on any store. */
public final class GatewayInProcess {
    private static final long SHORT_SEGMENT_LENGTH = 1 << 16;

    private GatewayInProcess() {}

    /** On the data directory's own journal. */
    public static Gateway start(final Path data) throws IOException {
        return start(data, new DataDirectory(data).store());
    }

    /** A stage that fails halts the process, as `serve` does. */
    public static Gateway start(final Path data, final Store store) throws IOException {
        return start(
                data,
                store,
                TransportConfiguration.forCores(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2),
                PipelineConfiguration.forCores(2));
    }

    /** On the data directory's own journal, with a listener for operators at the usual place. */
    public static Gateway startWithOperators(final Path data, final PipelineConfiguration pipeline, final Clock clock)
            throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        final OpenGateway opened =
                OpenGateway.recover(directory.store(), directory.gatewayKey(), DurabilityLevel.BATCH);
        final GatewayConfiguration configuration = new GatewayConfiguration(
                data,
                DurabilityLevel.BATCH,
                TransportConfiguration.forCores(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2),
                pipeline,
                OperatorConfiguration.on(OperatorAddress.in(data)),
                GatewayConfiguration.DEFAULT_SIGNATURE,
                GatewayConfiguration.DEFAULT_KEY_TABLES_LENGTH,
                GatewayConfiguration.DEFAULT_BACKGROUND_FORCE_MS,
                GatewayConfiguration.DEFAULT_SEGMENT_LENGTH);
        return Gateway.start(opened, configuration, clock, GatewayInProcess::halt);
    }

    /** With a line and a listener of the caller's choice. */
    public static Gateway start(
            final Path data,
            final Store store,
            final TransportConfiguration transport,
            final PipelineConfiguration pipeline)
            throws IOException {
        return start(data, store, DurabilityLevel.BATCH, transport, pipeline);
    }

    /** At a level of the caller's choice too. */
    public static Gateway start(
            final Path data,
            final Store store,
            final DurabilityLevel level,
            final TransportConfiguration transport,
            final PipelineConfiguration pipeline)
            throws IOException {
        final OpenGateway opened = OpenGateway.recover(store, new DataDirectory(data).gatewayKey(), level);
        final GatewayConfiguration configuration = new GatewayConfiguration(data, level, transport, pipeline);
        return Gateway.start(opened, configuration, Clock.systemUTC(), GatewayInProcess::halt);
    }

    /** On a store of the caller's choice, whose segments are as short as they may be. */
    public static Gateway startRolling(final Path data, final Store store) throws IOException {
        final OpenGateway opened =
                OpenGateway.recover(store, new DataDirectory(data).gatewayKey(), DurabilityLevel.BATCH);
        final GatewayConfiguration configuration = new GatewayConfiguration(
                data,
                DurabilityLevel.BATCH,
                TransportConfiguration.forCores(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2),
                PipelineConfiguration.forCores(2),
                OperatorConfiguration.NONE,
                GatewayConfiguration.DEFAULT_SIGNATURE,
                GatewayConfiguration.DEFAULT_KEY_TABLES_LENGTH,
                GatewayConfiguration.DEFAULT_BACKGROUND_FORCE_MS,
                SHORT_SEGMENT_LENGTH);
        return Gateway.start(opened, configuration, Clock.systemUTC(), GatewayInProcess::halt);
    }

    private static void halt(final String stage, final Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(70);
    }
}
