package io.settlegate.gateway.desk;

import io.settlegate.gateway.pipeline.Desk;
import io.settlegate.gateway.pipeline.DeskQuestion;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.CoveredIndex;
import io.settlegate.gateway.records.IndexClosedException;
import io.settlegate.gateway.records.IndexDamagedException;
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
 * frame only; the query's record stands, and the same bytes may be sent again. A failure here never ends the gateway: a question that
 * cannot even be refused costs its terminal the connection. Once the gateway stops, what waits is put off.
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

    private final CoveredIndex indexing;
    private final Map<Integer, PageMaker> makers = new HashMap<>();
    private final Consumer<ResultCode> answers;
    private final BlockingQueue<Taken> questions = new ArrayBlockingQueue<>(CAPACITY);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Limits.FRAME_LENGTH_LENGTH + Limits.MAX_FRAME_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Thread thread = new Thread(this::work, "desk");
    private final AtomicLong answeredCount = new AtomicLong();
    private volatile boolean isStopping;
    private volatile boolean hasEnded;
    private boolean hasFailed;

    /** A question, and when it came. */
    private record Taken(DeskQuestion question, long takenNs) {
        long waitLeftMs() {
            return Math.max(0, MAX_INDEX_WAIT_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - takenNs));
        }
    }

    private QueryDesk(final CoveredIndex indexing, final List<PageMaker> makers, final Consumer<ResultCode> answers) {
        this.indexing = indexing;
        this.answers = answers;
        makers.forEach(maker -> this.makers.put(maker.templateId(), maker));
    }

    /**
     * Starts the thread.
     *
     * @param answers is told the code of each answer, on the desk's thread.
     */
    public static QueryDesk start(
            final CoveredIndex indexing, final List<PageMaker> makers, final Consumer<ResultCode> answers) {
        final QueryDesk desk = new QueryDesk(indexing, makers, answers);
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
        final Taken taken = new Taken(question, System.nanoTime());
        // The thread may end at any moment, also between the two.
        return questions.offer(taken) && !(hasEnded && questions.remove(taken));
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
        try {
            while (!isStopping || !questions.isEmpty()) {
                final Taken taken = questions.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (taken != null) {
                    answer(taken);
                }
            }
        } catch (final InterruptedException e) {
            LOG.error(
                    "the desk was interrupted and has ended: queries (5203, 9102) are put off (205) until the next start");
        } finally {
            hasEnded = true;
            for (Taken left = questions.poll(); left != null; left = questions.poll()) {
                left.question.session().abandon();
            }
        }
    }

    /** An Error too is of this question only: without the thread nobody would be answered. */
    private void answer(final Taken taken) {
        try {
            lookUp(taken);
        } catch (final Throwable e) {
            fail(e);
            refuseOrAbandon(taken.question);
        } finally {
            // It held patients' data, also where no page came of it.
            frame.setMemory(0, frame.capacity(), (byte) 0);
        }
    }

    private void refuseOrAbandon(final DeskQuestion question) {
        try {
            refuse(question, ResultCode.PAGES_UNAVAILABLE);
        } catch (final Throwable e) {
            question.session().abandon();
        }
    }

    /** Once the gateway is stopping, what waits is put off: the next start answers it. */
    private void lookUp(final Taken taken) throws IOException {
        final DeskQuestion question = taken.question;
        for (int i = 0; i < MAX_TRIES && !isStopping; i++) {
            final int drops = indexing.dropCount();
            final RecordIndex index = indexing.await(question.sequence(), taken.waitLeftMs());
            if (index == null) {
                break;
            }
            if (lookUp(question, index, drops)) {
                return;
            }
        }
        if (indexing.hasFailed() && !isStopping) {
            refuse(question, ResultCode.PAGES_UNAVAILABLE);
        } else {
            later(question);
        }
    }

    /** @return false if a part of the index has to be made anew first: something may have been missing. */
    private boolean lookUp(final DeskQuestion question, final RecordIndex index, final int drops) throws IOException {
        try {
            final int length = makers.get(question.templateId())
                    .make(question, index, indexing.coveredThrough(), frame, Limits.FRAME_LENGTH_LENGTH);
            if (indexing.dropCount() != drops) {
                return false;
            }
            answeredCount.incrementAndGet();
            answers.accept(ResultCode.OK);
            deliver(question, length);
        } catch (final IndexDamagedException e) {
            return false;
        } catch (final PageLaterException | IndexClosedException e) {
            later(question);
        } catch (final RecordArchivedException | AnswersMissingException e) {
            if (indexing.dropCount() != drops) {
                return false;
            }
            refuse(question, ResultCode.MSGID_STALE);
        }
        return true;
    }

    private void fail(final Throwable cause) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.error("a page could not be made and was refused (902); further ones are counted and not logged", cause);
        }
    }

    private void later(final DeskQuestion question) {
        answers.accept(ResultCode.PAGE_LATER);
        final BusyEncoder busy = new BusyEncoder()
                .wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, header)
                .correlationId(question.correlationId())
                .putMsgid(question.command(), MSGID_OFFSET)
                .code(ResultCode.PAGE_LATER.code())
                .retryAfterMs(LATER_MS);
        deliver(question, MessageHeaderEncoder.ENCODED_LENGTH + busy.encodedLength());
    }

    private void refuse(final DeskQuestion question, final ResultCode code) {
        answers.accept(code);
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
    }

    /**
     * Puts off what waits, and ends.
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
        boolean isOver = !thread.isAlive();
        for (final PageMaker maker : makers.values()) {
            isOver &= maker.end();
        }
        return isOver;
    }

    @Override
    public void close() {
        drain(Duration.ofSeconds(10));
    }
}
