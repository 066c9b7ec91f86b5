package io.settlegate.protocol.receipt;

import io.settlegate.protocol.codec.Durability;

/**
 * What is forced to the disk before a reply leaves. Stated in every seal.
 *
 * <p>Immutable. It stands here, beside the generated enum, so that the journal need not know the wire's codecs.
 */
public enum DurabilityLevel {
    /** Nothing is promised: for benchmarks. */
    NONE(Durability.NONE),
    /** The page cache: survives the end of the process, not of the machine. */
    PROCESS(Durability.PROCESS),
    /** One force for each batch: survives a power cut. */
    BATCH(Durability.BATCH),
    /** A batch of one: survives a power cut. */
    RECORD(Durability.RECORD);

    private final Durability wire;

    DurabilityLevel(final Durability wire) {
        this.wire = wire;
    }

    /** The wire's word for it. */
    public Durability wire() {
        return wire;
    }

    /** True if a seal is forced before anybody hears of it. */
    public boolean isForced() {
        return this == BATCH || this == RECORD;
    }

    /**
     * The level of the wire's value.
     *
     * @throws IllegalArgumentException if this version knows no such level.
     */
    public static DurabilityLevel of(final Durability wire) {
        for (final DurabilityLevel level : values()) {
            if (level.wire == wire) {
                return level;
            }
        }
        throw new IllegalArgumentException("no durability level " + wire);
    }
}
