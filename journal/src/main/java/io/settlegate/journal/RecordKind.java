package io.settlegate.journal;

/**
 * What a record of the journal is.
 *
 * <p>The codes stand in files: they are never given anew.
 */
public enum RecordKind {
    /** The first record of a journal, sequence 0. */
    GENESIS(1),
    /** A command, its outcome, and its internal part. */
    COMMAND(2),
    /** The first record that each start writes: where the journal stood and what was set aside. */
    SEGMENT(3),
    /** Closes a batch. Has a seal number and no sequence. */
    SEAL(4),
    /** Stands first in a segment that begins with copies of records whose force had failed. Has no sequence and no leaf. */
    COPY(5);

    private static final RecordKind[] ALL = values();

    private final int code;

    RecordKind(final int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The kind of this code; null if there is none. */
    static RecordKind of(final int code) {
        for (final RecordKind kind : ALL) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    /** True if records of this kind take a sequence and stand as a leaf under a seal. */
    public boolean isSequenced() {
        return this == GENESIS || this == COMMAND || this == SEGMENT;
    }
}
