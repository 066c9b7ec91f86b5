package io.settlegate.journal;

import org.agrona.DirectBuffer;

/**
 * One record, looked at in place. Valid until its owner moves on; nothing is copied.
 *
 * <p>Belongs to the thread of the reader or listener that was handed it.
 */
public interface RecordView {
    RecordKind kind();

    long sequence();

    long timeMs();

    int schemaVersion();

    int rulesVersion();

    int keyVersion();

    /** The buffer in which all three parts lie. */
    DirectBuffer buffer();

    int commandOffset();

    int commandLength();

    int outcomeOffset();

    int outcomeLength();

    int internalOffset();

    int internalLength();
}
