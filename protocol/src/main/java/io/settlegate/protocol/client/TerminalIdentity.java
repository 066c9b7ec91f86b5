package io.settlegate.protocol.client;

import io.settlegate.protocol.crypto.Sm2PrivateKey;

/**
 * Who a terminal is.
 *
 * @param sn serial number, at most 32 characters.
 * @param fixmedinsCode institution, 12 characters.
 * @param admdvs division of the institution, 6 digits.
 * @param key the terminal's SM2 key.
 */
public record TerminalIdentity(String sn, String fixmedinsCode, String admdvs, Sm2PrivateKey key) {
    private static final int FIXMEDINS_CODE_LENGTH = 12;

    public TerminalIdentity {
        if (fixmedinsCode.length() != FIXMEDINS_CODE_LENGTH) {
            throw new IllegalArgumentException("fixmedins_code has 12 characters, not " + fixmedinsCode.length());
        }
    }
}
