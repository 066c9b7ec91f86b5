package io.settlegate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.settlegate.protocol.ResultCode;
import org.junit.jupiter.api.Test;

final class IngressHandlerTest {
    private static final int SHORT_LENGTH = 20;

    private final TestReception reception = new TestReception();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    private void open() {
        final FrameDecoder decoder = new FrameDecoder();
        final NettySession session = reception.reception().session(channel, decoder);
        channel.pipeline()
                .addLast(decoder)
                .addLast(new IngressHandler(reception.reception(), session, new OutboundFrames()));
    }

    private static void frame(final ByteBuf target, final int length) {
        target.writeIntLE(length).writeZero(length);
    }

    private long answerCount() {
        long count = 0;
        for (final ResultCode code : ResultCode.values()) {
            count += reception.lineCounters().answers(code);
        }
        return count;
    }

    @Test
    void shouldAnswerAFrameOfNoKnownForm() {
        open();
        final ByteBuf bytes = Unpooled.buffer();
        frame(bytes, FrameForm.MIN_REQUEST_LENGTH);
        channel.writeInbound(bytes);
        assertThat(answerCount()).isEqualTo(1);
        assertThat(channel.isActive()).isTrue();
    }

    /** The frames of one read are handed over in a row, also after the first of them ended the connection. */
    @Test
    void shouldNotLookAtAFrameBehindTheOneThatEndedTheConnection() {
        open();
        final ByteBuf bytes = Unpooled.buffer();
        frame(bytes, SHORT_LENGTH);
        frame(bytes, FrameForm.MIN_REQUEST_LENGTH);
        channel.writeInbound(bytes);
        assertThat(channel.isActive()).isFalse();
        assertThat(reception.reception().counters().closedCount(CloseCause.BROKEN_FRAME))
                .isEqualTo(1);
        assertThat(answerCount()).isZero();
    }
}
