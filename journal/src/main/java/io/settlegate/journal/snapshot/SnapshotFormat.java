package io.settlegate.journal.snapshot;

/**
 * The layout of a snapshot, all numbers little-endian.
 *
 * <pre>
 *   file    = prologue | block HEAD | block INDEX ... | block STATE ... | block END
 *
 *   prologue  0 u32 magic, bytes "SGS1"      4 u16 version = 1      6 u16 = 0
 *
 *   block     0 u32 kind: 1 HEAD, 2 INDEX, 3 STATE, 4 END
 *             4 u32 number of the block, from 0
 *             8 u32 length of the content, 1 to 1 MiB
 *            12 u32 CRC32C over bytes 0..11 and the content
 *            16 content
 *
 *   END       0 i64 length of the file     8 i64 bytes of state    16 u32 CRC32C over all bytes before this block
 * </pre>
 */
final class SnapshotFormat {
    static final int MAGIC = 0x31534753;
    static final short VERSION = 1;
    static final int PROLOGUE_LENGTH = 8;

    static final int HEAD = 1;
    static final int INDEX = 2;
    static final int STATE = 3;
    static final int END = 4;

    static final int NUMBER_OFFSET = 4;
    static final int LENGTH_OFFSET = 8;
    static final int CRC_OFFSET = 12;
    static final int HEADER_LENGTH = 16;

    /** The longest content that is read. */
    static final int MAX_CONTENT_LENGTH = 1 << 20;

    /** The content that is written: it fits into a core's own cache. */
    static final int CONTENT_LENGTH = 256 << 10;

    /** The longest index, all its blocks together. */
    static final int MAX_INDEX_LENGTH = 4 << 20;

    static final int END_FILE_LENGTH_OFFSET = 0;
    static final int END_STATE_LENGTH_OFFSET = 8;
    static final int END_CRC_OFFSET = 16;
    static final int END_LENGTH = 20;

    private SnapshotFormat() {}

    static String nameOf(final int kind) {
        return switch (kind) {
            case HEAD -> "HEAD";
            case INDEX -> "INDEX";
            case STATE -> "STATE";
            case END -> "END";
            default -> "unknown kind " + kind;
        };
    }
}
