package io.settlegate.journal.store;

/**
 * The layout of frames in a file, which is that of Chronicle Queue.
 *
 * <pre>
 *   word u32 LE | content ... | padding to a multiple of 4
 *
 *   word 00000000             nothing was written here yet
 *   word 80000000             a frame is being written; its length is not known yet
 *   word C0000000             this file ends here, the next one goes on
 *   bit 30 set                Chronicle's own content (header, index): length in the low 30 bits, skipped
 *   else                      one record: length in the low 30 bits
 * </pre>
 *
 * A position holds the number of the file within its segment in the high 24 bits and the offset of the word in the low 40.
 */
public final class Frames {
    /** Bytes of the word before each frame. */
    public static final int WORD_LENGTH = 4;

    /** Each word stands at a multiple of this. */
    public static final int ALIGNMENT = 4;

    /** The longest record. */
    public static final int MAX_RECORD_LENGTH = 1 << 20;

    /** The word where nothing was written yet. */
    public static final int NOTHING = 0;

    /** The word of a frame that is being written. */
    public static final int IN_FLIGHT = 0x8000_0000;

    /** The word at the end of a file that another one follows. */
    public static final int END_OF_FILE = 0xc000_0000;

    private static final int OWN_CONTENT = 0x4000_0000;
    private static final int LENGTH_MASK = 0x3fff_ffff;
    private static final int OFFSET_BITS = 40;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    private Frames() {}

    static boolean isOwnContent(final int word) {
        return (word & IN_FLIGHT) == 0 && (word & OWN_CONTENT) != 0;
    }

    /** True for the word of a finished record. */
    public static boolean isRecord(final int word) {
        return (word & (IN_FLIGHT | OWN_CONTENT)) == 0 && word != NOTHING && length(word) <= MAX_RECORD_LENGTH;
    }

    /** Bytes of the content. */
    public static int length(final int word) {
        return word & LENGTH_MASK;
    }

    /** Where the word after a frame stands. */
    public static long next(final long offset, final int length) {
        return offset + WORD_LENGTH + length + (ALIGNMENT - 1) & -ALIGNMENT;
    }

    public static long position(final int file, final long offset) {
        return (long) file << OFFSET_BITS | offset;
    }

    public static int file(final long position) {
        return (int) (position >>> OFFSET_BITS);
    }

    public static long offset(final long position) {
        return position & OFFSET_MASK;
    }
}
