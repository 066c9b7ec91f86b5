package io.settlegate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Sign-ins of one terminal over several connections, whose event loops run them in either order. */
final class SessionRegistryTest {
    private static final TerminalKey KEY =
            new TerminalKey("SN-1", Sm2PrivateKey.generate(new SecureRandom()).publicKey(), 1, true);

    private final TestReception reception = new TestReception();
    private final Connection older = new Connection();
    private final Connection newer = new Connection();

    private final class Connection {
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final NettySession session = reception.reception().session(channel, new FrameDecoder());

        void enter(final long sequence) {
            session.enter(KEY, sequence);
            older.channel.runPendingTasks();
            newer.channel.runPendingTasks();
        }

        boolean isLive() {
            return channel.isActive() && session.key() != null && !session.isFenced();
        }
    }

    @Test
    void shouldFenceTheOlderSession() {
        older.enter(7);
        assertThat(older.isLive()).isTrue();
        newer.enter(9);
        assertThat(newer.isLive()).isTrue();
        assertThat(older.isLive()).isFalse();
        assertFencedOnce();
    }

    @Test
    void shouldFenceTheOlderSessionAlsoWhereItComesLast() {
        newer.enter(9);
        older.enter(7);
        assertThat(newer.isLive()).isTrue();
        assertThat(older.isLive()).isFalse();
        assertFencedOnce();
        older.session.leave();
        assertThat(reception.reception().sessionCount())
                .as("the fenced one takes nothing with it")
                .isEqualTo(1);
        newer.session.leave();
        assertThat(reception.reception().sessionCount()).isZero();
    }

    @Test
    void shouldKeepTheHigherSequenceInTheRegistry() {
        final SessionRegistry registry = new SessionRegistry();
        assertThat(registry.enter("SN-1", newer.session, 9)).isTrue();
        assertThat(registry.enter("SN-1", older.session, 7)).isFalse();
        assertThat(registry.enter("SN-2", older.session, 7))
                .as("another terminal")
                .isTrue();
        registry.leave("SN-1", older.session);
        assertThat(registry.count()).isEqualTo(2);
        registry.leave("SN-1", newer.session);
        assertThat(registry.count()).isEqualTo(1);
    }

    private void assertFencedOnce() {
        assertThat(reception.reception().counters().closedCount(CloseCause.FENCED))
                .isEqualTo(1);
        assertThat(reception.reception().sessionCount()).isEqualTo(1);
    }
}
