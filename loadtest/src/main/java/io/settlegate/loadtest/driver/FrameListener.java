package io.settlegate.loadtest.driver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** What one connection does with what happens on it. All calls come from the event loop. */
public interface FrameListener {
    void onOpen(ChannelHandlerContext context);

    /** A whole frame, without its length field; the bytes are valid during the call only. */
    void onFrame(ByteBuf buffer, int index, int length);

    /** The bytes that had arrived are read: the moment to write, once. */
    void onReadComplete();

    void onClose();
}
