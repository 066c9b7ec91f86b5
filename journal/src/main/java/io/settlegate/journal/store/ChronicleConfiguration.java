package io.settlegate.journal.store;

import java.util.function.LongSupplier;

/**
 * How {@link ChronicleStore} lays out its files.
 *
 * @param blockLength bytes that Chronicle maps at a time; a file grows by these, sparsely. At least 64 KiB.
 * @param rollInterval when a segment goes on in a new file.
 * @param clockMs names the files; never anything in a record.
 */
public record ChronicleConfiguration(int blockLength, RollInterval rollInterval, LongSupplier clockMs) {
    private static final int MIN_BLOCK_LENGTH = 64 << 10;
    private static final int DEFAULT_BLOCK_LENGTH = 64 << 20;

    /** When a segment goes on in a new file. */
    public enum RollInterval {
        HOURLY,
        DAILY
    }

    public ChronicleConfiguration {
        if (blockLength < MIN_BLOCK_LENGTH) {
            throw new IllegalArgumentException("blockLength " + blockLength + " is below " + MIN_BLOCK_LENGTH);
        }
    }

    /** 64 MiB blocks, a file a day. */
    public static ChronicleConfiguration defaults() {
        return new ChronicleConfiguration(DEFAULT_BLOCK_LENGTH, RollInterval.DAILY, System::currentTimeMillis);
    }

    public ChronicleConfiguration withBlockLength(final int length) {
        return new ChronicleConfiguration(length, rollInterval, clockMs);
    }

    public ChronicleConfiguration withRoll(final RollInterval interval, final LongSupplier clock) {
        return new ChronicleConfiguration(blockLength, interval, clock);
    }
}
