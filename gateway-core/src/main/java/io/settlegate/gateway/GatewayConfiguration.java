package io.settlegate.gateway;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.OperatorConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.nio.file.Path;

/**
 * All that a gateway is started with.
 *
 * @param data its data directory.
 * @param durability what is forced before a reply leaves.
 * @param operator where operators are heard, if at all.
 */
public record GatewayConfiguration(
        Path data,
        DurabilityLevel durability,
        TransportConfiguration transport,
        PipelineConfiguration pipeline,
        OperatorConfiguration operator) {
    /** Without a listener for operators. */
    public GatewayConfiguration(
            final Path data,
            final DurabilityLevel durability,
            final TransportConfiguration transport,
            final PipelineConfiguration pipeline) {
        this(data, durability, transport, pipeline, OperatorConfiguration.NONE);
    }
}
