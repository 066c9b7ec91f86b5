package io.settlegate.gateway.transport;

import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.settlegate.protocol.Limits;
import java.nio.ByteOrder;

/**
 * Cuts frames by their length field; a longer one than the limit is a fault that closes the connection.
 *
 * <p>One for each connection, on its event loop. Holds at most one frame that is not whole yet.
 */
final class FrameDecoder extends LengthFieldBasedFrameDecoder {
    FrameDecoder() {
        super(
                ByteOrder.LITTLE_ENDIAN,
                Limits.MAX_FRAME_LENGTH + Limits.FRAME_LENGTH_LENGTH,
                0,
                Limits.FRAME_LENGTH_LENGTH,
                0,
                Limits.FRAME_LENGTH_LENGTH,
                true);
    }

    /** True while a frame was begun and is not whole. */
    boolean isPartial() {
        return actualReadableBytes() > 0;
    }
}
