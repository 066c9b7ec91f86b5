package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads and changes rows of terminals. Stateless; the engine's thread only. */
final class TerminalRows {
    static final byte ACTIVE = 1;

    private TerminalRows() {}

    /** Keeps the newest sign-in's sequence and business day; zeroes where there is none. */
    static void putSignIn(final FlatTable terminals, final int row, final long sequence, final int day) {
        terminals.beginWrite(row);
        terminals.putLong(row, Rows.TERMINAL_SIGN_IN, sequence);
        terminals.putInt(row, Rows.TERMINAL_SIGN_IN_DAY, day);
        terminals.endWrite(row);
    }

    /** Whether the institution has a msgid lane left. */
    static boolean hasLane(final FlatTable institutions, final int row) {
        return institutions.getInt(row, Rows.INSTITUTION_TERMINALS) < Limits.LANES;
    }

    /** Ordinals are given once: a terminal that leaves takes no lane of another with it. */
    static int takeOrdinal(final FlatTable institutions, final DirectBuffer code, final int offset) {
        final int row = institutions.find(code, offset);
        institutions.beginWrite(row);
        final int ordinal = institutions.getInt(row, Rows.INSTITUTION_TERMINALS);
        institutions.putInt(row, Rows.INSTITUTION_TERMINALS, ordinal + 1);
        institutions.endWrite(row);
        return ordinal;
    }

    /** Tells the listener of a row as it now is. Allocates. */
    static void publish(final FlatTable terminals, final int row, final TerminalListener listener) {
        final UnsafeBuffer buffer = terminals.buffer(row);
        final int at = terminals.offset(row);
        final byte[] publicKey = new byte[Rows.PUBLIC_KEY_LENGTH];
        buffer.getBytes(at + Rows.TERMINAL_PUBLIC_KEY, publicKey);
        listener.onTerminal(
                Fields.text(buffer, at, Rows.TERMINAL_KEY),
                publicKey,
                terminals.getInt(row, Rows.TERMINAL_KEY_VERSION),
                terminals.getByte(row, Rows.TERMINAL_STATUS),
                Fields.text(buffer, at + Rows.TERMINAL_INSTITUTION, Rows.INSTITUTION_KEY),
                terminals.getInt(row, Rows.TERMINAL_ORDINAL) * Limits.LANE_COUNT);
    }
}
