package io.settlegate.protocol;

/** The limits of the wire. A frame or message beyond one is refused, never cut. */
public final class Limits {
    /** The largest frame either way, in bytes, without the length field. */
    public static final int MAX_FRAME_LENGTH = 32 * 1024;

    /** Lines of one message. */
    public static final int MAX_LINES = 100;

    /** Fee lines of one visit or stay, settled or not. */
    public static final int MAX_VISIT_LINES = 2_000;

    /** Rows of one piece of a statement's upload: as many as a frame holds, and some room. */
    public static final int MAX_STATEMENT_ROWS = 200;

    /** Pieces of one upload. */
    public static final int MAX_STATEMENT_PIECES = 65_000;

    /** Uploads that an institution may begin on one business day. */
    public static final int MAX_STATEMENTS_A_DAY = 200;

    /** Days before today that a statement of details (3202) may begin. */
    public static final int MAX_STATEMENT_AGE_DAYS = 366;

    /** Records or differences of one page. */
    public static final int MAX_PAGE = 100;

    /** Frame length field, in bytes. */
    public static final int FRAME_LENGTH_LENGTH = 4;

    /** The user's part of a msgid: two terminals of an institution have different lanes. */
    public static final int LANE_COUNT = 20;

    /** Terminals of one institution with lanes of their own. */
    public static final int LANES = 10_000 / LANE_COUNT;

    /** Largest amount of one line or one bill: 10 million yuan. Keeps every product and sum within a long. */
    public static final long MAX_AMOUNT_FEN = 1_000_000_000L;

    /** Largest cnt: one million units. */
    public static final long MAX_CNT_E4 = 10_000_000_000L;

    /** Largest pric: 10 million yuan. */
    public static final long MAX_PRIC_E6 = 10_000_000_000_000L;

    private Limits() {}
}
