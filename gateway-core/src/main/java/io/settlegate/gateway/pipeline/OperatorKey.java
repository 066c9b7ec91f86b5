package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.crypto.Sm2PublicKey;

/**
 * The operator's key, which the journal was founded with. Immutable.
 *
 * @param publicKey its SM2 key.
 */
public record OperatorKey(Sm2PublicKey publicKey) implements SigningKey {
    /** Acts are recorded under this version, those of an import without a running gateway too. */
    private static final int VERSION = 0;

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public boolean enabled() {
        return true;
    }
}
