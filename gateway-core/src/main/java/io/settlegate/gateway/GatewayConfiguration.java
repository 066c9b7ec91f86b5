package io.settlegate.gateway;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.nio.file.Path;

/**
 * All that a gateway is started with.
 *
 * @param data its data directory.
 * @param durability what is forced before a reply leaves.
 */
public record GatewayConfiguration(
        Path data, DurabilityLevel durability, TransportConfiguration transport, PipelineConfiguration pipeline) {}
