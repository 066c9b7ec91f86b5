package io.settlegate.gateway.transport;

/**
 * The deadlines of one connection, counted in sweeps: silent, not signed in, a frame not finished, replies not taken. Whether
 * the gateway itself has paused reading is of no matter for silence, so a peer cannot make it pause in order to stay.
 *
 * <p>The connection's event loop. A loop that is late sweeps late, which gives peers time and takes none from them.
 */
final class PeerWatch {
    private final Sweeps limits;
    private int ageSweeps;
    private int idleSweeps;
    private int partialSweeps;
    private int stalledSweeps;
    private int leavingSweeps;
    private long lastFrameCount;
    private long lastProgress;

    /**
     * Sweeps after which a connection is cut.
     *
     * @param idle without a whole frame.
     * @param signIn without a sign-in, since it was opened.
     * @param frame with a frame begun and not finished.
     * @param stalled with bytes waiting and none taken.
     * @param leaving for the peer to close after a sign-out.
     */
    record Sweeps(int idle, int signIn, int frame, int stalled, int leaving) {
        Sweeps withIdle(final int sweeps) {
            return new Sweeps(sweeps, signIn, frame, stalled, leaving);
        }
    }

    PeerWatch(final Sweeps limits) {
        this.limits = limits;
    }

    /** One sweep: what the peer is cut for, or null. */
    CloseCause sweep(final Peer peer) {
        final boolean heard = peer.frameCount() != lastFrameCount;
        lastFrameCount = peer.frameCount();
        final boolean moved = peer.outboundProgress() != lastProgress;
        lastProgress = peer.outboundProgress();
        ageSweeps++;
        idleSweeps = heard ? 0 : idleSweeps + 1;
        partialSweeps = heard || !peer.isFrameAwaited() ? 0 : partialSweeps + 1;
        stalledSweeps = moved || !peer.isOutboundPending() ? 0 : stalledSweeps + 1;
        leavingSweeps = peer.isLeaving() ? leavingSweeps + 1 : 0;
        if (leavingSweeps > limits.leaving) {
            return CloseCause.SIGNED_OUT;
        }
        if (stalledSweeps > limits.stalled) {
            return CloseCause.STALLED;
        }
        if (partialSweeps > limits.frame) {
            return CloseCause.SLOW_FRAME;
        }
        if (!peer.hasSignedIn() && ageSweeps > limits.signIn) {
            return CloseCause.SIGN_IN_TIMEOUT;
        }
        return idleSweeps > limits.idle ? CloseCause.IDLE : null;
    }
}
