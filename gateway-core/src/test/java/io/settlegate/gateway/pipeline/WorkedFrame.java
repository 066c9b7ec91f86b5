package io.settlegate.gateway.pipeline;

/**
 * A frame of the worked session; its length field included.
 *
 * @param name what the documents call it.
 * @param sender who sends it.
 * @param bytes not to be changed.
 * @param nonce the k of the frame's signature; empty where it has none.
 */
public record WorkedFrame(String name, Sender sender, byte[] bytes, byte[] nonce) {
    /** Who sends it. */
    public enum Sender {
        GATEWAY,
        TERMINAL
    }
}
