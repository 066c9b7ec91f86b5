package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.settlegate.gateway.pipeline.UnsignedRequests.Unsigned;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each stage allocates for a request after warm-up, each on a thread of its own. Verify and settle work request by request
 * and may allocate next to nothing; journal and reply pay for each seal, its signature and its tree, which a batch shares.
 */
@Timeout(120)
class AllocationTest {
    private static final int WARM_UP = 12_000;
    private static final int MEASURED = 8_000;
    private static final int BATCH = 256;
    private static final long SEED = 20_261_122;
    private static final Set<String> STAGES = Set.of("verify-0", "settle", "journal", "reply");

    /** Most of it is BouncyCastle's, for one signature; the rest are copies of what the receipts need. */
    private static final long JOURNAL_PER_SEAL = 300_000;

    private static final long REPLY_PER_SEAL = 80_000;

    @TempDir
    private Path directory;

    @Test
    void shouldNotAllocateForARequestInTheStages() throws Exception {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Set<Long> others =
                Arrays.stream(threads.getAllThreadIds()).boxed().collect(Collectors.toSet());
        final FoundedCity city = new FoundedCity(directory, new MemoryFaults(SEED));
        final Unsigned[] requests = requests(city);
        final PipelineConfiguration configuration =
                new PipelineConfiguration(1024, 1, BATCH, PipelineConfiguration.Threads.DEDICATED);
        try (RingLine line =
                new RingLine(forgetful(city.copy()), city.identity(), DurabilityLevel.BATCH, configuration)) {
            send(line, requests, 0, WARM_UP);
            final Map<String, Long> ids = stageThreads(threads, others);
            assertThat(ids.keySet()).isEqualTo(STAGES);
            final long sealsBefore = line.meter().sealedCounts().totalCount();
            final Map<String, Long> before = allocated(threads, ids);
            send(line, requests, WARM_UP, WARM_UP + MEASURED);
            final Map<String, Long> after = allocated(threads, ids);
            final long seals = line.meter().sealedCounts().totalCount() - sealsBefore;

            final Map<String, Long> perRequest = new TreeMap<>();
            after.forEach((stage, bytes) -> perRequest.put(stage, (bytes - before.get(stage)) / MEASURED));
            System.out.printf(
                    "allocated per request, bytes: %s; %d records under a seal%n", perRequest, MEASURED / seals);
            assertThat(line.counters().answers(ResultCode.OK)).isEqualTo(WARM_UP + MEASURED);
            assertThat(perRequest.get("verify-0")).as("verify").isLessThanOrEqualTo(8);
            assertThat(perRequest.get("settle")).as("settle").isLessThanOrEqualTo(16);
            assertThat((after.get("journal") - before.get("journal")) / seals)
                    .as("journal, for a seal")
                    .isLessThanOrEqualTo(JOURNAL_PER_SEAL);
            assertThat((after.get("reply") - before.get("reply")) / seals)
                    .as("reply, for a seal")
                    .isLessThanOrEqualTo(REPLY_PER_SEAL);
        }
    }

    /** Made before, for making them allocates. */
    private static Unsigned[] requests(final FoundedCity city) {
        final UnsignedRequests maker = new UnsignedRequests();
        final Random random = new Random(SEED);
        final Unsigned[] requests = new Unsigned[WARM_UP + MEASURED];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = maker.settle(city.terminals().get(0), random, timeMs(i));
        }
        return requests;
    }

    /** A msgid's number has four digits, so the seconds move on. */
    private static long timeMs(final int request) {
        return FoundedCity.FOUNDED_MS + 60_000 + 1_000L * (request / 5_000);
    }

    private static void send(final RingLine line, final Unsigned[] requests, final int from, final int to) {
        final Session session = new Silent();
        for (int i = from; i < to; i++) {
            line.send(requests[i], timeMs(i), session);
        }
        line.awaitEmpty();
    }

    private static Map<String, Long> stageThreads(final ThreadMXBean threads, final Set<Long> others) {
        final Map<String, Long> ids = new TreeMap<>();
        for (final long id : threads.getAllThreadIds()) {
            final ThreadInfo info = others.contains(id) ? null : threads.getThreadInfo(id);
            if (info != null && STAGES.contains(info.getThreadName())) {
                ids.put(info.getThreadName(), id);
            }
        }
        return ids;
    }

    private static Map<String, Long> allocated(final ThreadMXBean threads, final Map<String, Long> ids) {
        final Map<String, Long> bytes = new TreeMap<>();
        ids.forEach((stage, id) -> bytes.put(stage, threads.getThreadAllocatedBytes(id)));
        return bytes;
    }

    /** The same store, but what the writer appends from now on goes nowhere: a store in memory allocates for it. */
    private static Store forgetful(final Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        final Object result = method.invoke(store, arguments);
                        return method.getName().equals("createSegment")
                                ? new Forgetful((SegmentWriter) result)
                                : result;
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Keeps the segment's own first batch, which the opening of the journal reads again. */
    private static final class Forgetful implements SegmentWriter {
        private static final int KEPT = 2;

        private final SegmentWriter writer;
        private int count;

        Forgetful(final SegmentWriter writer) {
            this.writer = writer;
        }

        @Override
        public long append(final DirectBuffer buffer, final int offset, final int length) {
            return count++ < KEPT ? writer.append(buffer, offset, length) : 0;
        }

        @Override
        public void force() throws java.io.IOException {
            if (count <= KEPT) {
                writer.force();
            }
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private static final class Silent implements Session {
        @Override
        public void enqueue(final DirectBuffer frame, final int length) {
            // Nobody listens.
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
