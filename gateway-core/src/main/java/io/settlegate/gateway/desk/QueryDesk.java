package io.settlegate.gateway.desk;

import io.settlegate.gateway.pipeline.Desk;
import io.settlegate.gateway.pipeline.DeskQuestion;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.IndexDamagedException;
import io.settlegate.gateway.records.IndexThread;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.RecordArchivedException;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.BusyEncoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.RefusalEncoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code desk}: takes questions from the reply stage, waits until the index covers each, and sends its page.
 *
 * <p>A question whose page cannot be made is told so: BUSY (205) where it can be made later, else a refusal. Either speaks of this
 * frame only; the query's record stands, and the same bytes may be sent again. A failure here never ends the gateway.
 */
public final class QueryDesk implements Desk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryDesk.class);
    private static final int CAPACITY = 256;
    private static final int MAX_INDEX_WAIT_MS = 2_000;
    private static final int LATER_MS = 500;
    private static final int MAX_TRIES = 4;
    private static final long POLL_MS = 50;
    private static final int MSGID_OFFSET =
            MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.msgidEncodingOffset();

    private final IndexThread indexing;
    private final Map<Integer, PageMaker> makers = new HashMap<>();
    private final Consumer<ResultCode> refusals;
    private final BlockingQueue<Taken> questions = new ArrayBlockingQueue<>(CAPACITY);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Limits.FRAME_LENGTH_LENGTH + Limits.MAX_FRAME_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Thread thread = new Thread(this::work, "desk");
    private final AtomicLong answeredCount = new AtomicLong();
    private volatile boolean isStopping;
    private boolean hasFailed;

    /** A question, and when it came. */
    private record Taken(DeskQuestion question, long takenNs) {
        long waitLeftMs() {
            return Math.max(0, MAX_INDEX_WAIT_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - takenNs));
        }
    }

    private QueryDesk(final IndexThread indexing, final List<PageMaker> makers, final Consumer<ResultCode> refusals) {
        this.indexing = indexing;
        this.refusals = refusals;
        makers.forEach(maker -> this.makers.put(maker.templateId(), maker));
    }

    /**
     * Starts the thread.
     *
     * @param refusals is told each code with which a page was refused, on the desk's thread.
     */
    public static QueryDesk start(
            final IndexThread indexing, final List<PageMaker> makers, final Consumer<ResultCode> refusals) {
        final QueryDesk desk = new QueryDesk(indexing, makers, refusals);
        desk.thread.setDaemon(true);
        desk.thread.start();
        return desk;
    }

    @Override
    public boolean answers(final int templateId) {
        return makers.containsKey(templateId);
    }

    @Override
    public boolean take(final DeskQuestion question) {
        return questions.offer(new Taken(question, System.nanoTime()));
    }

    /** Questions that wait. */
    public int waitingCount() {
        return questions.size();
    }

    /** Pages that were sent. */
    public long answeredCount() {
        return answeredCount.get();
    }

    private void work() {
        while (!isStopping || !questions.isEmpty()) {
            try {
                final Taken taken = questions.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (taken != null) {
                    answer(taken);
                }
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    private void answer(final Taken taken) {
        final DeskQuestion question = taken.question;
        try {
            for (int i = 0; i < MAX_TRIES; i++) {
                final RecordIndex index = indexing.await(question.sequence(), taken.waitLeftMs());
                if (index == null) {
                    break;
                }
                if (send(question, index)) {
                    return;
                }
            }
            if (indexing.hasFailed()) {
                refuse(question, ResultCode.PAGES_UNAVAILABLE);
            } else {
                later(question);
            }
        } catch (final PageLaterException e) {
            later(question);
        } catch (final RecordArchivedException | AnswersMissingException e) {
            refuse(question, ResultCode.MSGID_STALE);
        } catch (final IOException | RuntimeException e) {
            fail(e);
            refuse(question, ResultCode.PAGES_UNAVAILABLE);
        }
    }

    /** @return false if a part of the index has to be made anew first. */
    private boolean send(final DeskQuestion question, final RecordIndex index)
            throws IOException, AnswersMissingException, PageLaterException {
        try {
            final int length = makers.get(question.templateId())
                    .make(question, index, indexing.coveredThrough(), frame, Limits.FRAME_LENGTH_LENGTH);
            answeredCount.incrementAndGet();
            deliver(question, length);
            return true;
        } catch (final IndexDamagedException e) {
            return false;
        }
    }

    private void fail(final Exception cause) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.error("a page could not be made and was refused (902); further ones are counted and not logged", cause);
        }
    }

    private void later(final DeskQuestion question) {
        refusals.accept(ResultCode.PAGE_LATER);
        final BusyEncoder busy = new BusyEncoder()
                .wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header)
                .correlationId(question.correlationId())
                .putMsgid(question.command(), MSGID_OFFSET)
                .code(ResultCode.PAGE_LATER.code())
                .retryAfterMs(LATER_MS);
        deliver(question, MessageHeaderEncoder.ENCODED_LENGTH + busy.encodedLength());
    }

    private void refuse(final DeskQuestion question, final ResultCode code) {
        refusals.accept(code);
        final RefusalEncoder refusal = new RefusalEncoder()
                .wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header)
                .correlationId(question.correlationId())
                .putMsgid(question.command(), MSGID_OFFSET)
                .code(code.code());
        deliver(question, MessageHeaderEncoder.ENCODED_LENGTH + refusal.encodedLength());
    }

    private void deliver(final DeskQuestion question, final int frameLength) {
        frame.putInt(0, frameLength, ByteOrder.LITTLE_ENDIAN);
        question.session().deliver(frame, Limits.FRAME_LENGTH_LENGTH + frameLength);
        // It held patients' data.
        frame.setMemory(0, Limits.FRAME_LENGTH_LENGTH + frameLength, (byte) 0);
    }

    /**
     * Answers what was taken, and ends.
     *
     * @return false if that took too long.
     */
    public boolean drain(final Duration timeout) {
        isStopping = true;
        try {
            thread.join(timeout.toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean hasEnded = !thread.isAlive();
        for (final PageMaker maker : makers.values()) {
            hasEnded &= maker.end();
        }
        return hasEnded;
    }

    @Override
    public void close() {
        drain(Duration.ofSeconds(10));
    }
}
