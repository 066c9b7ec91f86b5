package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.crypto.Sm2PublicKey;

/** The key that must have signed a frame: its terminal's, or the operator's. Immutable; safe for all threads. */
public sealed interface SigningKey permits TerminalKey, OperatorKey {
    Sm2PublicKey publicKey();

    /** Of the key, as the journal records it. */
    int version();

    /** False if its owner may not speak any more. */
    boolean enabled();
}
