package io.settlegate.gateway.pipeline;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.pipeline.UnsignedRequests.Unsigned;
import io.settlegate.journal.ForceFailedException;
import io.settlegate.journal.JournalDamagedException;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Batches of requests, a crash somewhere in the line, and after each start the question whether everything that a terminal
 * was told still stands. All faults come from the seed.
 */
final class LinePowerCuts {
    private static final int ROUNDS_PER_CITY = 12;
    private static final int MAX_BATCHES = 4;
    private static final int MAX_REQUESTS = 8;
    private static final int STEPS_PER_REQUEST = 6;

    private final Random random;
    private final UnaryOperator<Store> wrapper;
    private final SynchronousLine.Order order;
    private final FoundedCity city;
    private final PowerFuse fuse = new PowerFuse();
    private final RequestSlot[] slots = new RequestSlot[SynchronousLine.MAX_BATCH_SIZE];
    private final Map<String, Told> told = new LinkedHashMap<>();
    private final List<Unsigned> sent = new ArrayList<>();
    private UnsignedRequests requests;
    private MemoryStore store;
    private SynchronousLine line;
    private long nowMs;
    private int acknowledgedCount;
    private int lostCount;
    private int differingCount;
    private int doubledCount;
    private int crashCount;
    private int rollCount;
    private int refusedStartCount;

    /** What a session was given first, for a request that binds its msgid. */
    private record Told(Unsigned request, byte[] outcome, byte[] receipt) {}

    LinePowerCuts(
            final Path directory,
            final long seed,
            final UnaryOperator<Store> wrapper,
            final SynchronousLine.Order order)
            throws IOException {
        this.order = order;
        this.random = new Random(seed);
        this.wrapper = wrapper;
        this.city = new FoundedCity(directory, new MemoryFaults(seed));
        Arrays.setAll(slots, i -> new RequestSlot());
    }

    void run(final int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            if (round % ROUNDS_PER_CITY == 0 || line == null) {
                startAnew();
            }
            work();
            store = random.nextInt(4) == 0 ? store.afterKill() : store.afterPowerCut();
            start();
            if (line != null) {
                check();
            }
        }
    }

    private void startAnew() {
        told.clear();
        sent.clear();
        requests = new UnsignedRequests();
        nowMs = FoundedCity.FOUNDED_MS;
        store = city.copy();
        line = open();
    }

    private SynchronousLine open() {
        return new SynchronousLine(wrapper.apply(store), city.identity(), fuse, slots, order);
    }

    /** Starts on what the crash left, sometimes on a disk that fails meanwhile. A start that refuses loses all that was told. */
    private void start() {
        line = null;
        try {
            if (random.nextInt(4) == 0) {
                store.faults().failedForcePerMille(200).shortWritePerMille(50);
                line = open();
            }
        } catch (final ForceFailedException | StoreException e) {
            crashCount++;
            store = random.nextBoolean() ? store.afterKill() : store.afterPowerCut();
        } catch (final JournalDamagedException e) {
            refusedStartCount++;
            return;
        } finally {
            store.faults().failedForcePerMille(0).shortWritePerMille(0);
        }
        try {
            line = line == null ? open() : line;
        } catch (final JournalDamagedException e) {
            refusedStartCount++;
        }
    }

    private void work() throws Exception {
        final boolean faulty = random.nextInt(3) == 0;
        store.faults().failedForcePerMille(faulty ? 100 : 0).shortWritePerMille(faulty ? 20 : 0);
        final int batches = 1 + random.nextInt(MAX_BATCHES);
        final int cutIn = random.nextInt(2 * batches);
        try {
            for (int i = 0; i < batches; i++) {
                final List<Unsigned> batch = batch();
                if (i == cutIn) {
                    fuse.burnAfter(1 + random.nextInt(batch.size() * STEPS_PER_REQUEST));
                }
                line.send(batch, nowMs, request -> new Inbox(request, this::remember));
                if (random.nextInt(8) == 0) {
                    line.journal().writeHeadNote();
                }
                if (random.nextInt(6) == 0) {
                    // Every segment is long enough: the next batch goes on in another.
                    line.journal().tendSegments(0);
                    rollCount++;
                }
            }
            if (random.nextInt(4) == 0) {
                line.journal().close();
            }
        } catch (final PowerFuse.Burnt | ForceFailedException | StoreException e) {
            crashCount++;
        } finally {
            fuse.mend();
            store.faults().failedForcePerMille(0).shortWritePerMille(0);
        }
    }

    private List<Unsigned> batch() {
        final List<Unsigned> batch = new ArrayList<>();
        final int count = 1 + random.nextInt(MAX_REQUESTS);
        for (int i = 0; i < count; i++) {
            nowMs++;
            final Unsigned request =
                    request(city.terminals().get(random.nextInt(city.terminals().size())));
            batch.add(request);
            sent.add(request);
        }
        return batch;
    }

    private Unsigned request(final TerminalIdentity terminal) {
        final int kind = random.nextInt(100);
        final Unsigned earlier = sent.isEmpty() ? null : sent.get(random.nextInt(sent.size()));
        if (kind < 50 || earlier == null) {
            return requests.settle(terminal, random, nowMs);
        } else if (kind < 70) {
            return earlier;
        } else if (kind < 82 && earlier.templateId() == PharmacySettleDecoder.TEMPLATE_ID) {
            return requests.reverse(terminalOf(earlier), earlier.psnNo(), earlier.msgid(), nowMs);
        } else if (kind < 92) {
            return requests.query(terminalOf(earlier), earlier.msgid(), nowMs);
        }
        return requests.personInfo(terminal, random.nextInt(SmallCity.PERSONS), nowMs);
    }

    private TerminalIdentity terminalOf(final Unsigned request) {
        return city.terminals().stream()
                .filter(terminal -> terminal.sn().equals(request.sn()))
                .findFirst()
                .orElseThrow();
    }

    private void remember(final Unsigned request, final ReplyKind kind, final byte[] outcome, final byte[] receipt) {
        final int code = new OutcomeHeaderDecoder()
                .wrap(new UnsafeBuffer(outcome), MessageHeaderDecoder.ENCODED_LENGTH)
                .code();
        if (ResultCode.of(code).binds()) {
            final Told first = told.putIfAbsent(request.msgid(), new Told(request, outcome, receipt));
            if (first == null) {
                acknowledgedCount++;
            } else {
                compare(first, kind, outcome, receipt);
            }
        }
    }

    private void compare(final Told first, final ReplyKind kind, final byte[] outcome, final byte[] receipt) {
        if (kind != ReplyKind.REPEAT) {
            lostCount++;
        } else if (!Arrays.equals(first.outcome, outcome) || !Arrays.equals(first.receipt, receipt)) {
            differingCount++;
        }
    }

    /** Sends everything that was told again, and looks at the state that the replay left. */
    private void check() throws Exception {
        doubledCount += line.doubledCount();
        require(
                line.replay().mismatchCount() == 0,
                "replay differs: " + line.replay().mismatches());
        require(line.engine().ledgerSumFen() == 0, "the ledger does not sum to zero");
        require(
                line.engine().recomputeStateHashHigh() == line.engine().stateHashHigh()
                        && line.engine().recomputeStateHashLow()
                                == line.engine().stateHashLow(),
                "the state hash differs");
        final List<Told> all = List.copyOf(told.values());
        final int[] answers = new int[1];
        for (int from = 0; from < all.size(); from += SynchronousLine.MAX_BATCH_SIZE) {
            final List<Unsigned> again = new ArrayList<>();
            all.subList(from, Math.min(all.size(), from + SynchronousLine.MAX_BATCH_SIZE))
                    .forEach(first -> again.add(first.request));
            line.send(
                    again,
                    nowMs,
                    request -> new Inbox(request, (asked, kind, outcome, receipt) -> {
                        answers[0]++;
                        compare(told.get(asked.msgid()), kind, outcome, receipt);
                    }));
        }
        require(answers[0] == all.size(), answers[0] + " of " + all.size() + " repeats were answered");
    }

    private static void require(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    int acknowledgedCount() {
        return acknowledgedCount;
    }

    int lostCount() {
        return lostCount;
    }

    int differingCount() {
        return differingCount;
    }

    int doubledCount() {
        return doubledCount;
    }

    int rollCount() {
        return rollCount;
    }

    int crashCount() {
        return crashCount;
    }

    int refusedStartCount() {
        return refusedStartCount;
    }

    /** Takes a reply. */
    @FunctionalInterface
    private interface ReplyTaker {
        void take(Unsigned request, ReplyKind kind, byte[] outcome, byte[] receipt);
    }

    /** The session of one request. */
    private record Inbox(Unsigned request, ReplyTaker taker) implements Session {
        @Override
        public void enqueue(final DirectBuffer frame, final int length) {
            final ReplyDecoder reply = new ReplyDecoder()
                    .wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, new MessageHeaderDecoder());
            require(reply.correlationId() == request.correlationId(), "the reply belongs to another request");
            final ReplyKind kind = reply.kind();
            final byte[] outcome = new byte[reply.outcomeLength()];
            reply.getOutcome(outcome, 0, outcome.length);
            final byte[] receipt = new byte[reply.receiptLength()];
            reply.getReceipt(receipt, 0, receipt.length);
            taker.take(request, kind, outcome, receipt);
        }

        @Override
        public void signedIn(final TerminalKey key, final long sequence) {
            throw new AssertionError("nobody signed in");
        }

        @Override
        public void refused(final ResultCode code) {
            throw new AssertionError("refused before the engine: " + code);
        }
    }
}
