package io.settlegate.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.DeskQuestion;
import io.settlegate.gateway.pipeline.Session;
import io.settlegate.gateway.pipeline.TerminalKey;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every question has one end, whatever fails: an answer, or the end of its connection; and nothing that may lack a record is a page. */
@Timeout(60)
class QueryDeskTest {
    private static final int TEMPLATE = 5203;
    private static final int PAGE_LENGTH = 1_000;
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private FakeIndex indexing;
    private final Queue<ResultCode> codes = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        indexing = FakeIndex.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        indexing.close();
    }

    @Test
    void shouldAnswerTheNextQuestionAfterAnError() throws Exception {
        final Inbox inbox = new Inbox(false);
        try (QueryDesk desk = desk(target -> {
            if (codes.isEmpty()) {
                throw new AssertionError("planted");
            }
        })) {
            assertThat(desk.take(question(inbox))).isTrue();
            assertThat(inbox.next()).as("a refusal").isLessThan(PAGE_LENGTH);
            assertThat(desk.take(question(inbox))).isTrue();
            assertThat(inbox.next()).as("a page").isEqualTo(PAGE_LENGTH);
        }
        assertThat(codes).containsExactly(ResultCode.PAGES_UNAVAILABLE, ResultCode.OK);
    }

    @Test
    void shouldEndTheConnectionThatCannotBeToldAnything() throws Exception {
        final Inbox broken = new Inbox(true);
        final Inbox whole = new Inbox(false);
        try (QueryDesk desk = desk(target -> {})) {
            desk.take(question(broken));
            desk.take(question(whole));
            assertThat(broken.abandoned.await(ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(whole.next()).isEqualTo(PAGE_LENGTH);
        }
    }

    @Test
    void shouldMakeThePageAgainWhereARunWasSetAsideMeanwhile() throws Exception {
        final Inbox inbox = new Inbox(false);
        final AtomicInteger made = new AtomicInteger();
        try (QueryDesk desk = desk(target -> {
            if (made.incrementAndGet() == 1) {
                indexing.drops.incrementAndGet();
            }
        })) {
            desk.take(question(inbox));
            assertThat(inbox.next()).isEqualTo(PAGE_LENGTH);
        }
        assertThat(made).hasValue(2);
        assertThat(codes).containsExactly(ResultCode.OK);
    }

    @Test
    void shouldPutOffWhatCannotBeWhole() throws Exception {
        final Inbox inbox = new Inbox(false);
        try (QueryDesk desk = desk(target -> indexing.drops.incrementAndGet())) {
            desk.take(question(inbox));
            assertThat(inbox.next()).isLessThan(PAGE_LENGTH);
        }
        assertThat(codes).containsExactly(ResultCode.PAGE_LATER);
    }

    @Test
    void shouldNotSayThatARecordIsGoneWhileARunIsMissing() throws Exception {
        final Inbox inbox = new Inbox(false);
        final AtomicInteger made = new AtomicInteger();
        try (QueryDesk desk = desk(target -> {
            if (made.incrementAndGet() == 1) {
                indexing.drops.incrementAndGet();
                throw new AnswersMissingException();
            }
        })) {
            desk.take(question(inbox));
            assertThat(inbox.next()).isEqualTo(PAGE_LENGTH);
        }
        assertThat(codes).containsExactly(ResultCode.OK);
    }

    @Test
    void shouldPutOffWhatWaitsAtAStop() throws Exception {
        final Inbox inbox = new Inbox(false);
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final QueryDesk desk = desk(target -> {
            entered.countDown();
            awaitQuietly(released);
        });
        for (int i = 0; i < 20; i++) {
            assertThat(desk.take(question(inbox))).isTrue();
        }
        awaitQuietly(entered);
        assertThat(desk.drain(Duration.ofMillis(1)))
                .as("one page is being made")
                .isFalse();
        released.countDown();
        assertThat(desk.drain(ENOUGH)).isTrue();
        assertThat(codes).startsWith(ResultCode.OK).hasSize(20);
        assertThat(codes.stream().filter(code -> code == ResultCode.PAGE_LATER)).hasSize(19);
        assertThat(desk.take(question(inbox))).as("nobody is there any more").isFalse();
    }

    @Test
    void shouldLeaveNothingOfAPageThatFailed() throws Exception {
        final Inbox inbox = new Inbox(false);
        final AtomicInteger left = new AtomicInteger();
        try (QueryDesk desk = desk(target -> {
            for (int i = 0; i < target.capacity(); i++) {
                left.addAndGet(target.getByte(i) == 0 ? 0 : 1);
            }
            target.setMemory(0, target.capacity(), (byte) '7');
            if (codes.isEmpty()) {
                throw new IOException("planted");
            }
        })) {
            desk.take(question(inbox));
            desk.take(question(inbox));
            inbox.next();
            inbox.next();
        }
        assertThat(left).hasValue(0);
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            assertThat(latch.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- who asks, and what is asked ----

    /** What happens while a page is made. */
    @FunctionalInterface
    private interface Making {
        void make(MutableDirectBuffer target) throws IOException, AnswersMissingException;
    }

    private QueryDesk desk(final Making making) {
        return QueryDesk.start(
                indexing,
                List.of(new PageMaker() {
                    @Override
                    public int templateId() {
                        return TEMPLATE;
                    }

                    @Override
                    public int make(
                            final DeskQuestion question,
                            final RecordIndex index,
                            final long asOfSequence,
                            final MutableDirectBuffer target,
                            final int offset)
                            throws IOException, AnswersMissingException {
                        making.make(target);
                        return PAGE_LENGTH - Limits.FRAME_LENGTH_LENGTH;
                    }
                }),
                codes::add);
    }

    private static DeskQuestion question(final Session session) {
        final byte[] command = new byte[MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.ENCODED_LENGTH];
        return new DeskQuestion(session, 1, TEMPLATE, 1, command, ReplyKind.FIRST, new byte[0], new byte[0]);
    }

    /** A terminal's connection, or one for which there is no memory left. */
    private static final class Inbox implements Session {
        private final boolean isBroken;
        private final BlockingQueue<Integer> lengths = new LinkedBlockingQueue<>();
        private final CountDownLatch abandoned = new CountDownLatch(1);

        Inbox(final boolean isBroken) {
            this.isBroken = isBroken;
        }

        int next() throws InterruptedException {
            final Integer length = lengths.poll(ENOUGH.toSeconds(), TimeUnit.SECONDS);
            assertThat(length).as("an answer came").isNotNull();
            return length;
        }

        @Override
        public void deliver(final DirectBuffer frame, final int length) {
            if (isBroken) {
                throw new OutOfMemoryError("planted");
            }
            lengths.add(length);
        }

        @Override
        public void abandon() {
            abandoned.countDown();
        }

        @Override
        public void enqueue(final DirectBuffer frame, final int length) {
            throw new AssertionError("the desk is not the reply stage");
        }

        @Override
        public void signedIn(final TerminalKey key, final long sequence) {
            throw new AssertionError("nobody signs in here");
        }

        @Override
        public void refused(final ResultCode code) {
            throw new AssertionError("refused: " + code);
        }
    }
}
