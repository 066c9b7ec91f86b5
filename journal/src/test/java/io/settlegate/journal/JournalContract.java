package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLockedException;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a journal keeps, on every store. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class JournalContract {
    /** When a snapshot is made; with any, every opening begins at the newest that is good. */
    enum SnapshotTiming {
        NEVER,
        /** After the first batch: others follow it. */
        ONCE,
        /** After each of the first batches: nothing but an opening follows the last. */
        ALWAYS;

        private static final int MAX_COUNT = 20;

        private boolean isDue(final int count) {
            return switch (this) {
                case NEVER -> false;
                case ONCE -> count == 0;
                case ALWAYS -> count < MAX_COUNT;
            };
        }
    }

    private final SnapshotTiming snapshots;
    private int snapshotCount;

    JournalContract(final SnapshotTiming snapshots) {
        this.snapshots = snapshots;
    }

    /** The one store of the test. */
    abstract Store store();

    /** Flips a bit of a segment's first file. */
    abstract void flipBit(int segment, long offset, int bit);

    abstract void truncate(int segment, int length);

    abstract void removeSegment(int segment);

    private void found() {
        Fixture.found(store());
    }

    private Journal open(final Recorded recorded) {
        return open(DurabilityLevel.BATCH, recorded);
    }

    private Journal open(final DurabilityLevel level, final Recorded recorded) {
        return snapshots == SnapshotTiming.NEVER
                ? Fixture.open(store(), level, recorded)
                : Journal.openFromSnapshot(store(), Fixture.IDENTITY, level, recorded);
    }

    private SealedBatch commit(final Journal journal) {
        final SealedBatch batch = Fixture.commit(journal);
        if (snapshots.isDue(snapshotCount)) {
            snapshotCount++;
            assertThat(SnapshotWriter.write(store(), new Recorded(), 2).isWritten())
                    .isTrue();
        }
        return batch;
    }

    /** Founds, and commits three batches of four records; the process then ends as the flag says. */
    private void write(final boolean isClosed) {
        found();
        final Journal journal = open(new Recorded());
        for (int batch = 0; batch < 3; batch++) {
            for (int i = 0; i < 4; i++) {
                Fixture.append(journal, "b" + batch, 50);
            }
            commit(journal);
        }
        end(journal, isClosed);
    }

    /** Ends a journal without the head note of a close, as a kill would. */
    private void end(final Journal journal, final boolean isClosed) {
        final byte[] head = store().readNote(HeadNote.HEAD);
        journal.close();
        if (!isClosed) {
            try {
                store().writeNote(HeadNote.HEAD, head);
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void shouldReplayEverythingAndGoOn() {
        write(true);
        final Recorded recorded = new Recorded();
        try (Journal journal = open(recorded)) {
            assertThat(recorded.kinds)
                    .hasSize(15)
                    .startsWith(RecordKind.GENESIS, RecordKind.SEGMENT)
                    .endsWith(RecordKind.SEGMENT);
            assertThat(recorded.seals).hasSize(6);
            assertThat(journal.nextSequence()).isEqualTo(15);
            assertThat(journal.genesis().insuplcAdmdvs()).isEqualTo("330100");
            assertThat(journal.durableMark().lastSequence()).isEqualTo(14);
        }
        final JournalScan scan = JournalScan.read(store(), new Recorded());
        assertThat(scan.lastSeal().stateHashHigh()).isEqualTo(14);
        assertThat(JournalVerification.verify(store()).damages()).isEmpty();
    }

    @Test
    void shouldMakeTheSameReceiptAgainFromTheFiles() {
        found();
        try (Journal journal = open(new Recorded());
                JournalReader reader = journal.newReader()) {
            for (int i = 0; i < 7; i++) {
                Fixture.append(journal, "r", 30);
            }
            assertThat(reader.read(2)).isNull();
            final SealedBatch batch = commit(journal);
            for (int leaf = 0; leaf < 7; leaf++) {
                final byte[] first = receipt(batch, leaf);
                final UnsafeBuffer again = new UnsafeBuffer(new byte[JournalReader.maxReceiptLength()]);
                final int length = reader.encodeReceipt(batch.firstSequence() + leaf, again, 0);
                assertThat(Arrays.copyOf(again.byteArray(), length)).isEqualTo(first);
                final RecordView record = reader.read(batch.firstSequence() + leaf);
                final byte[] outcome = new byte[record.outcomeLength()];
                record.buffer().getBytes(record.outcomeOffset(), outcome);
                final byte[] command = new byte[record.commandLength()];
                record.buffer().getBytes(record.commandOffset(), command);
                assertThat(new ReceiptVerifier(Fixture.KEY.publicKey(), new BouncyCastleVerifier())
                                .verify(first, outcome, command)
                                .isValid())
                        .isTrue();
            }
        }
    }

    private static byte[] receipt(final SealedBatch batch, final int leaf) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[batch.maxReceiptLength()]);
        return Arrays.copyOf(buffer.byteArray(), batch.encodeReceipt(leaf, buffer, 0));
    }

    @Test
    void shouldSetAsideRecordsWithoutASeal() {
        found();
        final Journal journal = open(new Recorded());
        Fixture.append(journal, "sealed", 10);
        commit(journal);
        Fixture.append(journal, "unsealed", 10);
        end(journal, false);
        final Recorded recorded = new Recorded();
        open(recorded).close();
        assertThat(recorded.commands).hasSize(4).noneMatch(command -> command.contains("unsealed"));
        assertThat(store().setAsideNames()).hasSize(1);
    }

    @Test
    void shouldRefuseEveryFlippedBitBeforeTheTail() {
        write(true);
        final Random random = new Random(3);
        final long end = endOf(1);
        for (int round = 0; round < 60; round++) {
            final int segment = random.nextInt(4) == 0 ? 0 : 1;
            final long[] frames = frames(segment);
            final int frame = random.nextInt(frames.length / 2) * 2;
            final long offset = frames[frame] + random.nextInt((int) frames[frame + 1]);
            final int bit = random.nextInt(8);
            flipBit(segment, offset, bit);
            final String place = "segment " + segment + " offset " + offset + " of " + end + " bit " + bit;
            assertThat(JournalVerification.verify(store()).isGood()).as(place).isFalse();
            assertRefused(place);
            flipBit(segment, offset, bit);
        }
        open(new Recorded()).close();
    }

    @Test
    void shouldRefuseAFlippedBitInACommittedBatchAlsoAfterAKill() {
        write(false);
        final long[] frames = frames(1);
        final Random random = new Random(4);
        for (int round = 0; round < 40; round++) {
            final int frame = random.nextInt(frames.length / 2) * 2;
            final long offset = frames[frame] + random.nextInt((int) frames[frame + 1]);
            flipBit(1, offset, round % 8);
            assertRefused("offset " + offset + " bit " + round % 8);
            flipBit(1, offset, round % 8);
        }
    }

    /**
     * An opening must refuse damage that it reads. What stands before the snapshot at which it begins it does not read: then
     * the state must be what it was, and what is before it is for the verification.
     */
    private void assertRefused(final String place) {
        final Recorded recorded = new Recorded();
        try {
            final Journal journal = open(recorded);
            final boolean isFromSnapshot = journal.begunFrom().isFromSnapshot();
            final long last = journal.begunFrom().sequence();
            end(journal, false);
            assertThat(isFromSnapshot).as(place).isTrue();
            assertThat(recorded.commands.get((int) last)).as(place).startsWith("command b");
            assertThat(recorded.commands.subList(2, 14)).as(place).allMatch(command -> command.startsWith("command b"));
        } catch (final JournalDamagedException e) {
            assertThat(e).as(place).hasMessageContaining("segment");
        }
    }

    /** Offset and length of each record of a segment's first file, frame words included. */
    private long[] frames(final int segment) {
        final long[] frames = new long[200];
        int count = 0;
        try (SegmentReader reader = new SegmentReader(store(), segment)) {
            while (reader.next()) {
                frames[count++] = Frames.offset(reader.position());
                frames[count++] = (long) Frames.WORD_LENGTH + reader.record().capacity();
            }
        }
        return Arrays.copyOf(frames, count);
    }

    private long endOf(final int segment) {
        final long[] frames = frames(segment);
        return frames[frames.length - 2] + frames[frames.length - 1];
    }

    @Test
    void shouldRefuseATruncatedFile() {
        write(true);
        final long[] frames = frames(1);
        truncate(1, (int) frames[8]);
        assertThatThrownBy(() -> open(new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("head note");
    }

    @Test
    void shouldRefuseAMissingSegment() {
        write(true);
        open(new Recorded()).close();
        removeSegment(1);
        assertThatThrownBy(() -> open(new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("segment 1")
                .hasMessageContaining("missing");
    }

    @Test
    void shouldRefuseAHeadNoteAheadOfWhatCanBeRead() {
        write(true);
        removeSegment(1);
        assertThatThrownBy(() -> open(new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("head note");
    }

    @Test
    void shouldRefuseADamagedHeadNote() throws IOException {
        write(true);
        store().writeNote(HeadNote.HEAD, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> open(new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("head note");
    }

    @Test
    void shouldHaveOneWriterAndAnyReaders() {
        write(true);
        try (Journal journal = open(new Recorded())) {
            assertThatThrownBy(() -> open(new Recorded())).isInstanceOf(StoreLockedException.class);
            assertThat(JournalScan.read(store(), new Recorded()).lastSeal())
                    .isEqualTo(journal.durableMark().seal());
        }
    }

    @Test
    void shouldRefuseAGapAndAnEarlierTime() {
        found();
        try (Journal journal = open(new Recorded())) {
            final UnsafeBuffer empty = new UnsafeBuffer(new byte[0]);
            assertThatThrownBy(() -> journal.append(9, Fixture.TIME_MS, 1, 1, empty, 0, 0, empty, 0, 0, empty, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("next");
            assertThatThrownBy(() -> journal.append(2, 5, 1, 1, empty, 0, 0, empty, 0, 0, empty, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("earlier");
        }
    }

    @Test
    void shouldFollowAWriterUpToItsMarkAndThroughItsRestart() {
        found();
        final Journal journal = open(new Recorded());
        try (JournalFollower follower = JournalFollower.open(store())) {
            assertThat(follower.genesis().gatewayId()).isEqualTo("GW-TEST");
            assertThat(follow(follower)).containsExactly(0L, 1L);
            Fixture.append(journal, "unsealed", 10);
            assertThat(follow(follower)).isEmpty();
            Fixture.append(journal, "sealed", 10);
            commit(journal);
            assertThat(follow(follower)).containsExactly(2L, 3L);
            journal.close();
            try (Journal next = open(new Recorded())) {
                assertThat(follow(follower)).containsExactly(4L);
                Fixture.append(next, "later", 10);
                commit(next);
                assertThat(follow(follower)).containsExactly(5L);
                assertThat(follower.lastSequence()).isEqualTo(5);
                assertThat(follow(follower)).isEmpty();
            }
        }
    }

    /** At batch and record what is sealed in the files may not be forced yet. */
    @Test
    void shouldNotShowWhatIsSealedAndBeyondTheMark() {
        found();
        try (Journal journal = open(new Recorded());
                JournalFollower follower = JournalFollower.open(store())) {
            Fixture.append(journal, "forced", 10);
            commit(journal);
            final byte[] mark = store().readMark();
            Fixture.append(journal, "as if not forced yet", 10);
            commit(journal);
            final byte[] newer = store().readMark();
            store().publishMark(mark);
            assertThat(follow(follower)).containsExactly(0L, 1L, 2L);
            assertThat(follower.lastSequence()).isEqualTo(2);
            store().publishMark(newer);
            assertThat(follow(follower)).containsExactly(3L);
            // A mark that cannot be read leaves the head note, which the opening wrote.
            newer[20]++;
            store().publishMark(newer);
            assertThat(follower.lastSequence()).isEqualTo(1);
        }
    }

    /** Found while proofs were made: what the writer sealed between reading the end and examining it was called damage. */
    @Test
    void shouldFindNothingWrongWhileTheJournalIsBeingWritten() throws InterruptedException {
        Fixture.found(store());
        final java.util.concurrent.atomic.AtomicBoolean isDone = new java.util.concurrent.atomic.AtomicBoolean();
        final Thread writer = new Thread(
                () -> {
                    try (Journal journal = Fixture.open(store(), new Recorded())) {
                        for (int batch = 0; batch < 300; batch++) {
                            Fixture.append(journal, "w", 20);
                            journal.commit(1, 2);
                        }
                    } finally {
                        isDone.set(true);
                    }
                },
                "writer");
        writer.start();
        int rounds = 0;
        while (!isDone.get()) {
            assertThat(JournalVerification.verify(store()).damages())
                    .as("round %d", rounds)
                    .isEmpty();
            rounds++;
        }
        writer.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(writer.isAlive()).isFalse();
        assertThat(JournalVerification.verify(store()).recordCount()).isEqualTo(302);
    }

    @Test
    void shouldFindEverySequenceAndTime() {
        write(true);
        open(new Recorded()).close();
        try (JournalFollower follower = JournalFollower.open(store())) {
            final long last = follower.lastSequence();
            assertThat(last).isEqualTo(14);
            for (long sequence = last; sequence >= 0; sequence--) {
                follower.seek(sequence);
                assertThat(follower.nextBatch()).isTrue();
                final int index = (int) (sequence - follower.seal().firstSequence());
                assertThat(follower.get(index).sequence()).isEqualTo(sequence);
                try (JournalReader reader = follower.newReader()) {
                    final UnsafeBuffer receipt = new UnsafeBuffer(new byte[JournalReader.maxReceiptLength()]);
                    assertThat(reader.encodeReceipt(sequence, receipt, 0)).isPositive();
                }
            }
            follower.seek(last + 1);
            assertThat(follower.nextBatch()).isFalse();
            follower.seekTime(Fixture.TIME_MS + 7);
            assertThat(follow(follower)).contains(7L, 14L).doesNotContain(0L);
            follower.seekTime(0);
            assertThat(follow(follower)).hasSize(15);
        }
    }

    @Test
    void shouldFindAPlaceInALargeFile() {
        found();
        try (Journal journal = open(new Recorded())) {
            for (int batch = 0; batch < 300; batch++) {
                for (int i = 0; i < 3; i++) {
                    Fixture.append(journal, "large", 20_000 + batch);
                }
                commit(journal);
            }
        }
        final Random random = new Random(9);
        try (JournalFollower follower = JournalFollower.open(store())) {
            for (int round = 0; round < 50; round++) {
                final long sequence = 2L + random.nextInt(900);
                follower.seek(sequence);
                assertThat(follower.nextBatch()).isTrue();
                assertThat(follower.seal().firstSequence()).isLessThanOrEqualTo(sequence);
                assertThat(follower.seal().lastSequence()).isGreaterThanOrEqualTo(sequence);
            }
            assertThat(PlaceSearch.placeBefore(store(), 1, seal -> seal.lastSequence(), 800))
                    .as("not the segment's start")
                    .isGreaterThan(8 << 20);
        }
    }

    /** Commits batches of two, and goes on in another segment after each. Length 0: every segment is long enough. */
    private void roll(final Journal journal, final int times) {
        for (int roll = 0; roll < times; roll++) {
            journal.tendSegments(0);
            assertThat(journal.preparedSegment()).isPositive();
            Fixture.append(journal, "rolled", 10);
            Fixture.append(journal, "rolled", 10);
            commit(journal);
            journal.beginNextSegment();
            assertThat(journal.preparedSegment()).isEqualTo(-1);
        }
    }

    @Test
    void shouldGoOnInAnotherSegmentWhileItRuns() {
        found();
        try (Journal journal = open(new Recorded());
                JournalReader reader = journal.newReader();
                JournalFollower follower = JournalFollower.open(store())) {
            assertThat(follow(follower)).containsExactly(0L, 1L);
            roll(journal, 3);
            assertThat(store().segments()).containsExactly(0, 1, 2, 3, 4);
            assertThat(follow(follower)).hasSize(9).startsWith(2L).endsWith(10L);
            assertThat(follower.segment()).isEqualTo(4);
            for (long sequence = 10; sequence >= 0; sequence--) {
                assertThat(reader.read(sequence).sequence()).isEqualTo(sequence);
            }
            assertThat(SegmentNotice.of(reader.read(7)).stop()).isEqualTo(SegmentNotice.Stop.ROLLED);
            assertThat(SegmentNotice.of(reader.read(7)).previousSegment()).isEqualTo(2);
            assertThat(journal.durableMark().seal().stateHashHigh())
                    .as("a segment's opening changes no state")
                    .isEqualTo(10);
            assertThat(JournalVerification.verify(store()).damages()).isEmpty();
            assertThat(JournalScan.read(store(), new Recorded()).lastSeal())
                    .isEqualTo(journal.durableMark().seal());
        }
        final Recorded recorded = new Recorded();
        open(recorded).close();
        assertThat(recorded.kinds).hasSize(12).endsWith(RecordKind.COMMAND, RecordKind.SEGMENT, RecordKind.SEGMENT);
        assertThat(store().setAsideNames()).isEmpty();
    }

    @Test
    void shouldPrepareASegmentOnlyOnceAndOnlyWhenTheOneBeforeIsLong() {
        found();
        try (Journal journal = open(new Recorded())) {
            journal.tendSegments(1 << 20);
            assertThat(journal.preparedSegment()).isEqualTo(-1);
            assertThatThrownBy(journal::beginNextSegment).isInstanceOf(IllegalStateException.class);
            journal.tendSegments(0);
            journal.tendSegments(0);
            assertThat(journal.preparedSegment()).isEqualTo(2);
            assertThat(store().segments()).containsExactly(0, 1, 2);
            Fixture.append(journal, "open", 10);
            assertThatThrownBy(journal::beginNextSegment)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("commit first");
            commit(journal);
            journal.beginNextSegment();
            // The new one is shorter than this.
            journal.tendSegments(4096);
            assertThat(journal.preparedSegment()).isEqualTo(-1);
        }
    }

    /** The writer of a prepared segment may run for days before it takes it, or end before it does. */
    @Test
    void shouldReadPastASegmentThatWasPreparedAndNotTaken() {
        found();
        final Journal journal = open(new Recorded());
        try (JournalFollower follower = JournalFollower.open(store())) {
            journal.tendSegments(0);
            Fixture.append(journal, "while one waits", 10);
            commit(journal);
            assertThat(follow(follower)).containsExactly(0L, 1L, 2L);
            assertThat(JournalScan.read(store(), new Recorded()).segments()).containsExactly(0, 1);
            assertThat(JournalVerification.verify(store()).damages()).isEmpty();
            Fixture.append(journal, "while one waits", 10);
            commit(journal);
            assertThat(follow(follower)).containsExactly(3L);
            journal.close();
            final Recorded recorded = new Recorded();
            try (Journal next = open(recorded)) {
                assertThat(recorded.commands).hasSize(5);
                assertThat(store().setAsideNames()).isEmpty();
                assertThat(follow(follower)).containsExactly(4L);
                assertThat(follower.segment()).isEqualTo(3);
                assertThat(JournalScan.read(store(), new Recorded()).segments()).containsExactly(0, 1, 3);
                roll(next, 1);
                assertThat(follow(follower)).containsExactly(5L, 6L, 7L);
            }
        }
    }

    @Test
    void shouldKeepABackgroundForceTrueAcrossARoll() {
        found();
        try (Journal journal = open(DurabilityLevel.PROCESS, new Recorded())) {
            Fixture.append(journal, "before", 10);
            commit(journal);
            assertThat(journal.forcedMark().lastSequence()).isEqualTo(1);
            journal.tendSegments(0);
            journal.beginNextSegment();
            assertThat(journal.forcedMark().lastSequence()).isEqualTo(3);
            Fixture.append(journal, "after", 10);
            commit(journal);
            assertThat(journal.forceInBackground().lastSequence()).isEqualTo(4);
            final HeadNote note = HeadNote.decode(HeadNote.HEAD, store().readNote(HeadNote.HEAD));
            assertThat(note.segment()).isEqualTo(2);
            assertThat(note.lastSequence()).isEqualTo(4);
        }
    }

    private static java.util.List<Long> follow(final JournalFollower follower) {
        final java.util.List<Long> sequences = new java.util.ArrayList<>();
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                sequences.add(follower.get(i).sequence());
            }
        }
        return sequences;
    }
}
