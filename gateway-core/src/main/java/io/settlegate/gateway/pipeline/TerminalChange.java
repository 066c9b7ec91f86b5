package io.settlegate.gateway.pipeline;

/**
 * What an act changed of a terminal that was registered before: a session under another key version, or of a terminal that is
 * not enabled any more, has no ground to stand on.
 *
 * @param sn the terminal's serial number.
 * @param version of its key from now on.
 * @param enabled false for a suspended or revoked terminal.
 */
public record TerminalChange(String sn, int version, boolean enabled) {
    /** True if a session that signed in with this key must end. */
    public boolean ends(final TerminalKey key) {
        return !enabled || key.version() != version;
    }
}
