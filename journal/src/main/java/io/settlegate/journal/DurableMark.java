package io.settlegate.journal;

import io.settlegate.protocol.receipt.Seal;

/**
 * How far the journal is durable: everything up to the seal's last sequence, at the level that the seal names.
 *
 * <p>Immutable, safe for all threads.
 *
 * @param seal the newest that was forced.
 * @param lastSequence the last record under it.
 */
public record DurableMark(Seal seal, long lastSequence) {}
