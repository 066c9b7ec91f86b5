package io.settlegate.gateway.settlement;

/**
 * Hears of each terminal row that an import or an act made or changed, so that the gateway can publish its key table.
 *
 * <p>Called on the engine's thread after the commit; an implementation must not throw and must not block.
 */
@FunctionalInterface
public interface TerminalListener {
    /** Hears of nothing; for replay and tests. */
    TerminalListener NONE = (sn, publicKey, keyVersion, status, institution, laneFirst) -> {};

    /**
     * @param sn         serial number.
     * @param publicKey  65 bytes, a copy.
     * @param keyVersion from 1, raised by each change of the key.
     * @param status     1 active, 0 suspended, 2 revoked.
     * @param laneFirst  first number of the terminal's msgid lane.
     */
    void onTerminal(String sn, byte[] publicKey, int keyVersion, int status, String institution, int laneFirst);
}
