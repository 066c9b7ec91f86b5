package io.settlegate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerWatchTest {
    private static final int IDLE = 60;
    private static final int SIGN_IN = 10;
    private static final int FRAME = 12;
    private static final int STALLED = 20;
    private static final int LEAVING = 2;

    private final FakePeer peer = new FakePeer();
    private final PeerWatch watch = new PeerWatch(new PeerWatch.Sweeps(IDLE, SIGN_IN, FRAME, STALLED, LEAVING));

    @Test
    void shouldCutAPeerThatSaysNothing() {
        peer.signedIn = true;
        assertThat(sweepsUntil(CloseCause.IDLE, () -> {})).isEqualTo(IDLE + 1);
    }

    @Test
    void shouldCutAPeerThatDoesNotSignInHoweverMuchItSays() {
        assertThat(sweepsUntil(CloseCause.SIGN_IN_TIMEOUT, () -> peer.frameCount++))
                .isEqualTo(SIGN_IN + 1);
    }

    @Test
    void shouldCutAPeerWhoseFrameTrickles() {
        peer.signedIn = true;
        peer.frameAwaited = true;
        assertThat(sweepsUntil(CloseCause.SLOW_FRAME, () -> {})).isEqualTo(FRAME + 1);
    }

    @Test
    void shouldCountAFrameAnewOnceAnotherIsWhole() {
        peer.signedIn = true;
        peer.frameAwaited = true;
        for (int sweep = 0; sweep < 10 * FRAME; sweep++) {
            peer.frameCount += sweep % FRAME == 0 ? 1 : 0;
            assertThat(watch.sweep(peer)).isNull();
        }
    }

    @Test
    void shouldCutAPeerThatTakesNothing() {
        peer.signedIn = true;
        peer.outboundPending = true;
        assertThat(sweepsUntil(CloseCause.STALLED, () -> peer.frameCount++)).isEqualTo(STALLED + 1);
    }

    @Test
    void shouldKeepAPeerThatTakesABitNowAndThen() {
        peer.signedIn = true;
        peer.outboundPending = true;
        for (int sweep = 0; sweep < 10 * STALLED; sweep++) {
            peer.frameCount++;
            peer.outboundProgress += sweep % STALLED == 0 ? 1 : 0;
            assertThat(watch.sweep(peer)).isNull();
        }
    }

    @Test
    void shouldEndAConnectionThatSignedOutAndDoesNotClose() {
        peer.signedIn = true;
        peer.leaving = true;
        assertThat(sweepsUntil(CloseCause.SIGNED_OUT, () -> {})).isEqualTo(LEAVING + 1);
    }

    private int sweepsUntil(final CloseCause expected, final Runnable meanwhile) {
        for (int sweep = 1; sweep < 1_000; sweep++) {
            meanwhile.run();
            final CloseCause cause = watch.sweep(peer);
            if (cause != null) {
                assertThat(cause).isEqualTo(expected);
                return sweep;
            }
        }
        throw new AssertionError("never cut");
    }

    private static final class FakePeer implements Peer {
        private boolean signedIn;
        private boolean leaving;
        private boolean frameAwaited;
        private boolean outboundPending;
        private long frameCount;
        private long outboundProgress;

        @Override
        public boolean hasSignedIn() {
            return signedIn;
        }

        @Override
        public boolean isLeaving() {
            return leaving;
        }

        @Override
        public long frameCount() {
            return frameCount;
        }

        @Override
        public boolean isFrameAwaited() {
            return frameAwaited;
        }

        @Override
        public boolean isOutboundPending() {
            return outboundPending;
        }

        @Override
        public long outboundProgress() {
            return outboundProgress;
        }
    }
}
