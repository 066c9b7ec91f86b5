package io.settlegate.loadtest.wire;

import io.settlegate.protocol.codec.RecordState;

/** A frame of the gateway, decoded. */
public sealed interface GatewayMessage {
    /** Opens the connection. */
    record Challenge(String gatewayId, byte[] nonce) implements GatewayMessage {}

    /** A durable outcome; {@code answer} is empty unless this answers a query that found. */
    record Reply(
            long correlationId,
            boolean isRepeat,
            RecordState state,
            byte[] outcome,
            byte[] receipt,
            byte[] answer,
            byte[] answerReceipt)
            implements GatewayMessage {}

    /** Not taken: send again. */
    record Busy(long correlationId, int code, long retryAfterMs) implements GatewayMessage {}

    /** Refused before the engine. */
    record Refusal(long correlationId, int code) implements GatewayMessage {}

    /** A sign of life. */
    record Heartbeat() implements GatewayMessage {}
}
