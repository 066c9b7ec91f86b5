package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.crypto.Sm2PublicKey;

/**
 * A terminal's key as published to admit and verify. Immutable; a change of key or status publishes another object.
 *
 * @param sn the terminal's serial number.
 * @param publicKey its SM2 key.
 * @param version raised by the engine with each change of the key; a request verified under an older one is refused.
 * @param enabled false for a suspended or revoked terminal.
 */
public record TerminalKey(String sn, Sm2PublicKey publicKey, int version, boolean enabled) implements SigningKey {}
