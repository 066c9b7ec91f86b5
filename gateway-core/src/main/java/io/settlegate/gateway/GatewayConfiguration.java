package io.settlegate.gateway;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.OperatorConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.protocol.crypto.SignatureSelection;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.nio.file.Path;

/**
 * All that a gateway is started with.
 *
 * @param data its data directory.
 * @param durability what is forced before a reply leaves.
 * @param operator where operators are heard, if at all.
 * @param signature how signatures are verified, one of {@link SignatureSelection#SETTINGS}.
 * @param keyTablesLength bytes outside the heap for tables of terminals' keys, 4 KB each.
 * @param backgroundForceMs at level process, how often the disk is forced beside the line; a power cut may take so much.
 * @param segmentLength bytes of records after which the running journal goes on in a new segment.
 */
public record GatewayConfiguration(
        Path data,
        DurabilityLevel durability,
        TransportConfiguration transport,
        PipelineConfiguration pipeline,
        OperatorConfiguration operator,
        String signature,
        int keyTablesLength,
        int backgroundForceMs,
        long segmentLength) {
    /** The fastest that the machine offers. */
    public static final String DEFAULT_SIGNATURE = "auto";

    /** 64 MiB: tables for 16,384 terminals. */
    public static final int DEFAULT_KEY_TABLES_LENGTH = 64 << 20;

    /** A second: what a power cut may take at level process. */
    public static final int DEFAULT_BACKGROUND_FORCE_MS = 1_000;

    /** 1 GiB: half a million settlements, a size that is copied in a minute. */
    public static final long DEFAULT_SEGMENT_LENGTH = 1L << 30;

    private static final long MIN_SEGMENT_LENGTH = 1L << 16;
    private static final long MAX_SEGMENT_LENGTH = 1L << 36;
    private static final int MIN_BACKGROUND_FORCE_MS = 250;
    private static final int MAX_BACKGROUND_FORCE_MS = 60_000;

    public GatewayConfiguration {
        if (!SignatureSelection.SETTINGS.contains(signature)) {
            throw new IllegalArgumentException(
                    "signature is one of " + String.join(", ", SignatureSelection.SETTINGS) + ", not " + signature);
        }
        if (keyTablesLength < 0) {
            throw new IllegalArgumentException("keyTablesLength " + keyTablesLength + " is below 0");
        }
        if (backgroundForceMs < MIN_BACKGROUND_FORCE_MS || backgroundForceMs > MAX_BACKGROUND_FORCE_MS) {
            throw new IllegalArgumentException("backgroundForceMs " + backgroundForceMs + " is not between "
                    + MIN_BACKGROUND_FORCE_MS + " and " + MAX_BACKGROUND_FORCE_MS);
        }
        if (segmentLength < MIN_SEGMENT_LENGTH || segmentLength > MAX_SEGMENT_LENGTH) {
            throw new IllegalArgumentException("segmentLength " + segmentLength + " is not between "
                    + MIN_SEGMENT_LENGTH + " and " + MAX_SEGMENT_LENGTH);
        }
    }

    /** Without a listener for operators. */
    public GatewayConfiguration(
            final Path data,
            final DurabilityLevel durability,
            final TransportConfiguration transport,
            final PipelineConfiguration pipeline) {
        this(
                data,
                durability,
                transport,
                pipeline,
                OperatorConfiguration.NONE,
                DEFAULT_SIGNATURE,
                DEFAULT_KEY_TABLES_LENGTH,
                DEFAULT_BACKGROUND_FORCE_MS,
                DEFAULT_SEGMENT_LENGTH);
    }
}
