package io.settlegate.gateway.badinput;

import io.settlegate.protocol.ResultCode;
import java.io.IOException;

/**
 * One row of the table: an input, what it gets, and what becomes of its msgid.
 *
 * @param part  heading under which the row stands.
 * @param input in words.
 * @param code  what it gets; null where the connection is closed without a word.
 * @param after what the msgid is good for afterwards.
 * @param play  sends it.
 */
record BadInput(String part, String input, ResultCode code, After after, Play play) {
    /** What the msgid is good for when the input has been answered. */
    enum After {
        /** The good settlement under the same msgid settles. */
        FREE("may still settle"),
        /** The same bytes again get the same outcome, as a repeat. */
        BOUND("used up"),
        /** The first outcome stands, and the first bytes get it again. */
        FIRST_STANDS("keeps its first outcome"),
        /** There was none, or it could never be used. */
        NO_MSGID("none that counts");

        private final String words;

        After(final String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Sends an input and answers what came back. */
    @FunctionalInterface
    interface Play {
        Got play(Scene scene) throws IOException;
    }

    String row() {
        final String gets = code == null ? "closed" : code.code() + " " + code;
        final String proof = code != null && code.stage() == ResultCode.Stage.ENGINE ? "yes" : "no";
        return "| " + part + " | " + input + " | " + gets + " | " + proof + " | " + after.words() + " |\n";
    }

    @Override
    public String toString() {
        return part + ": " + input;
    }
}
