package io.settlegate.gateway.replay;

/**
 * A command whose signature does not stand.
 *
 * @param sequence of its record.
 * @param what is wrong.
 */
public record SignatureFinding(long sequence, What what) {
    /** What is wrong. */
    public enum What {
        /** The signature is not the key's over these bytes. */
        BAD_SIGNATURE("the signature is not that of the key"),
        /** The record names another version of the terminal's key than the state has. */
        KEY_VERSION("the record names another key version than was in force"),
        /** No such terminal was registered. */
        TERMINAL_UNKNOWN("no terminal of this serial number was registered"),
        /** The command is too short to be signed. */
        UNSIGNED("the command is too short to hold a signature");

        private final String words;

        What(final String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }
}
