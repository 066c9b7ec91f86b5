package io.settlegate.gateway.transport;

/** What {@link PeerWatch} looks at. Asked on the connection's event loop. */
interface Peer {
    /** True once the terminal has signed in, and when it has signed out again. */
    boolean hasSignedIn();

    /** True once the terminal has signed out and everything is answered. */
    boolean isLeaving();

    /** Whole frames that came since the connection was opened. */
    long frameCount();

    /** True while a frame was begun, is not whole, and it is not the gateway that does not read on. */
    boolean isFrameAwaited();

    /** True while bytes wait for the peer to take them. */
    boolean isOutboundPending();

    /** Rises with each byte that the peer takes. */
    long outboundProgress();
}
