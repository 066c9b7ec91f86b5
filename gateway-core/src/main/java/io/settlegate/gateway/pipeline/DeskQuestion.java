package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.codec.ReplyKind;

/**
 * A query that was done and whose page is still to be made. The arrays are its own.
 *
 * @param session whose it is.
 * @param correlationId of the frame.
 * @param templateId of the request.
 * @param sequence of this frame's record: what was durable before it is to be seen.
 * @param command header, body, and signature.
 * @param kind whether outcome and receipt are those of this frame or of its first sending.
 * @param outcome header included.
 * @param receipt header included.
 */
public record DeskQuestion(
        Session session,
        long correlationId,
        int templateId,
        long sequence,
        byte[] command,
        ReplyKind kind,
        byte[] outcome,
        byte[] receipt) {

    @Override
    public String toString() {
        return "DeskQuestion " + templateId + " at " + sequence;
    }
}
