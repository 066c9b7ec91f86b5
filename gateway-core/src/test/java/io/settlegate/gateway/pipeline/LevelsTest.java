package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.DurableMark;
import io.settlegate.journal.JournalReader;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What has happened to a record at the moment its reply is handed over, at each level. */
@Timeout(60)
class LevelsTest {
    private static final int REQUESTS = 300;
    private static final long SEED = 20_261_122;

    @TempDir
    private Path directory;

    /** What a reply found when it was enqueued, on the reply stage. */
    private record Found(long appendedCount, long forcedCount, boolean recordIsReadable) {}

    @ParameterizedTest
    @CsvSource({"BATCH, SHARED", "BATCH, DEDICATED", "RECORD, SHARED", "RECORD, DEDICATED"})
    void shouldForceBeforeTheReply(final DurabilityLevel level, final PipelineConfiguration.Threads threads)
            throws Exception {
        final Run run = new Run(level, threads);
        run.settle();
        for (final Found found : run.found) {
            assertThat(found.recordIsReadable).isTrue();
            if (threads == PipelineConfiguration.Threads.SHARED) {
                // On one thread nothing is appended between the force and the replies of its batch.
                assertThat(found.forcedCount).isEqualTo(found.appendedCount);
            }
        }
        assertThat(run.unforcedAtReplyCount)
                .as("replies whose record was not forced")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(PipelineConfiguration.Threads.class)
    void shouldSealAndForceEachRecordByItselfAtRecord(final PipelineConfiguration.Threads threads) throws Exception {
        final Run run = new Run(DurabilityLevel.RECORD, threads);
        run.settle();
        assertThat(run.sealCount()).isEqualTo(REQUESTS);
        assertThat(run.writerForceCount).isEqualTo(REQUESTS);
        assertThat(run.largestSealCount).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = DurabilityLevel.class,
            names = {"PROCESS", "NONE"})
    void shouldHaveTheBytesInTheStoreBeforeTheReplyAndNotForceThem(final DurabilityLevel level) throws Exception {
        final Run run = new Run(level, PipelineConfiguration.Threads.SHARED);
        run.settle();
        assertThat(run.found).hasSize(REQUESTS).allMatch(Found::recordIsReadable);
        assertThat(run.writerForceCount).as("forces that a reply waited for").isZero();
        assertThat(run.forcedByBackground)
                .as("the background force covers everything")
                .isEqualTo(run.lastSequence);
    }

    /** One life of a line at a level. */
    private final class Run {
        private final ForceLog log = new ForceLog();
        private final DurabilityLevel level;
        private final PipelineConfiguration.Threads threads;
        private final List<Found> found = new ArrayList<>();
        private long firstSequence;
        private long lastSequence;
        private long firstSeal;
        private long lastSeal;
        private long writerForceCount;
        private long forcedByBackground;
        private long unforcedAtReplyCount;
        private int largestSealCount;

        Run(final DurabilityLevel level, final PipelineConfiguration.Threads threads) {
            this.level = level;
            this.threads = threads;
        }

        long sealCount() {
            return lastSeal - firstSeal;
        }

        void settle() throws Exception {
            final FoundedCity city = new FoundedCity(directory, new MemoryFaults(SEED));
            final UnsignedRequests requests = new UnsignedRequests();
            final Random random = new Random(SEED);
            final long nowMs = FoundedCity.FOUNDED_MS + 60_000;
            try (RingLine line = new RingLine(
                    log.around(city.copy()), city.identity(), level, new PipelineConfiguration(256, 1, 64, threads))) {
                final DurableMark before = line.journal().durableMark();
                final long forcesBefore = log.writerForceCount();
                final Session session = new Reading(line);
                for (int i = 0; i < REQUESTS; i++) {
                    line.send(requests.settle(city.terminals().get(0), random, nowMs), nowMs, session);
                }
                line.awaitEmpty();
                final DurableMark after = line.journal().durableMark();
                firstSequence = before.lastSequence();
                lastSequence = after.lastSequence();
                firstSeal = before.seal().sealNumber();
                lastSeal = after.seal().sealNumber();
                writerForceCount = log.writerForceCount() - forcesBefore;
                forcedByBackground = line.journal().forceInBackground().lastSequence();
                assertThat(lastSequence - firstSequence).isEqualTo(REQUESTS);
                assertThat(line.counters().answers(ResultCode.OK)).isEqualTo(REQUESTS);
                assertThat(line.meter().appendedSequence()).isEqualTo(lastSequence);
                assertThat(line.meter().requestTimesNs().totalCount()).isEqualTo(REQUESTS);
                assertThat(line.meter().sealedCounts().sum()).isEqualTo(REQUESTS);
            }
        }

        /** Looks at the store with each reply. */
        private final class Reading implements Session {
            private final RingLine line;
            private final JournalReader reader;

            Reading(final RingLine line) {
                this.line = line;
                this.reader = line.journal().newReader();
            }

            @Override
            public void enqueue(final DirectBuffer frame, final int length) {
                final ReplyDecoder reply = new ReplyDecoder()
                        .wrapAndApplyHeader(frame, Limits.FRAME_LENGTH_LENGTH, new MessageHeaderDecoder());
                reply.skipOutcome();
                final byte[] bytes = new byte[reply.receiptLength()];
                reply.getReceipt(bytes, 0, bytes.length);
                final Receipt receipt = Receipt.decode(bytes);
                found.add(new Found(log.appendedCount(), log.forcedCount(), reader.read(receipt.sequence()) != null));
                largestSealCount = Math.max(largestSealCount, receipt.seal().count());
                if (line.journal().forcedMark().lastSequence() < receipt.sequence()) {
                    unforcedAtReplyCount++;
                }
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
}
