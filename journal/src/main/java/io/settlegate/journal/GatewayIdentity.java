package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.SealBody;

/**
 * Who seals: the gateway's id, its key's version, and the signer with that key.
 *
 * <p>The signer belongs to the thread that commits.
 *
 * @param gatewayId up to 16 printable ASCII characters.
 * @param keyVersion of the signer's key, 0 to 65535.
 * @param signer with the gateway's private key.
 */
public record GatewayIdentity(String gatewayId, int keyVersion, Sm2Signer signer) {

    public GatewayIdentity {
        SealBody.checkGatewayId(gatewayId);
        if (keyVersion < 0 || keyVersion > 0xffff) {
            throw new IllegalArgumentException("key version " + keyVersion + " lies outside 0 to 65535");
        }
    }
}
