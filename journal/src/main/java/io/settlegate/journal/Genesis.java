package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm2PublicKey;

/**
 * What a journal is founded with. It is the command part of record 0.
 *
 * <p>A value. The parameters are opaque to the journal and not to be changed.
 *
 * @param gatewayId up to 16 printable ASCII characters.
 * @param gatewayKey the first key that signs seals.
 * @param insuplcAdmdvs six digits: the region whose insured this gateway serves.
 * @param operatorKey the first operator's key.
 * @param timeMs when it was founded.
 * @param schemaVersion of the wire at the founding.
 * @param rulesVersion of the engine at the founding.
 * @param engineParameters opaque bytes for the engine.
 */
public record Genesis(
        String gatewayId,
        Sm2PublicKey gatewayKey,
        String insuplcAdmdvs,
        Sm2PublicKey operatorKey,
        long timeMs,
        int schemaVersion,
        int rulesVersion,
        byte[] engineParameters) {

    public Genesis {
        io.settlegate.protocol.receipt.SealBody.checkGatewayId(gatewayId);
        if (!insuplcAdmdvs.matches("[0-9]{6}")) {
            throw new IllegalArgumentException("a region is six digits; got '" + insuplcAdmdvs + "'");
        }
    }
}
