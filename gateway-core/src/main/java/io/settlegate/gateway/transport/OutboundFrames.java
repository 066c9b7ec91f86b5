package io.settlegate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.BusyEncoder;
import io.settlegate.protocol.codec.ChallengeEncoder;
import io.settlegate.protocol.codec.HeartbeatEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.RefusalEncoder;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the frames that the transport gives by itself: challenge, heartbeat, BUSY, refusal.
 *
 * <p>One for each event loop; not safe for two threads. The buffers it returns belong to the caller.
 */
final class OutboundFrames {
    private static final int SCRATCH_LENGTH = 2048;
    private static final int LENGTH_LENGTH = Limits.FRAME_LENGTH_LENGTH;

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[SCRATCH_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ChallengeEncoder challenge = new ChallengeEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final BusyEncoder busy = new BusyEncoder();
    private final RefusalEncoder refusal = new RefusalEncoder();

    ByteBuf challenge(
            final ByteBufAllocator allocator,
            final String gatewayId,
            final byte[] nonce,
            final long timeMs,
            final byte[] newestSeal) {
        challenge
                .wrapAndApplyHeader(scratch, LENGTH_LENGTH, header)
                .gatewayId(gatewayId)
                .timeMs(timeMs)
                .minSchemaVersion(ChallengeEncoder.SCHEMA_VERSION)
                .schemaVersion(ChallengeEncoder.SCHEMA_VERSION);
        for (int i = 0; i < nonce.length; i++) {
            challenge.nonce(i, (short) (nonce[i] & 0xff));
        }
        challenge.putNewestSeal(newestSeal, 0, newestSeal.length);
        return frame(allocator, challenge.encodedLength());
    }

    ByteBuf heartbeat(final ByteBufAllocator allocator, final long correlationId, final long timeMs) {
        heartbeat
                .wrapAndApplyHeader(scratch, LENGTH_LENGTH, header)
                .correlationId(correlationId)
                .timeMs(timeMs);
        return frame(allocator, heartbeat.encodedLength());
    }

    ByteBuf busy(
            final ByteBufAllocator allocator,
            final long correlationId,
            final byte[] msgid,
            final ResultCode code,
            final int retryAfterMs) {
        busy.wrapAndApplyHeader(scratch, LENGTH_LENGTH, header)
                .correlationId(correlationId)
                .putMsgid(msgid, 0)
                .code(code.code())
                .retryAfterMs(retryAfterMs);
        return frame(allocator, busy.encodedLength());
    }

    ByteBuf refusal(
            final ByteBufAllocator allocator, final long correlationId, final byte[] msgid, final ResultCode code) {
        refusal.wrapAndApplyHeader(scratch, LENGTH_LENGTH, header)
                .correlationId(correlationId)
                .putMsgid(msgid, 0)
                .code(code.code());
        return frame(allocator, refusal.encodedLength());
    }

    private ByteBuf frame(final ByteBufAllocator allocator, final int bodyLength) {
        final int frameLength = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        scratch.putInt(0, frameLength, ByteOrder.LITTLE_ENDIAN);
        return allocator
                .directBuffer(LENGTH_LENGTH + frameLength)
                .writeBytes(scratch.byteArray(), 0, LENGTH_LENGTH + frameLength);
    }
}
