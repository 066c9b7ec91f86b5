package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLockedException;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
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
    /** The one store of the test. */
    abstract Store store();

    /** Flips a bit of a segment's first file. */
    abstract void flipBit(int segment, long offset, int bit);

    abstract void truncate(int segment, int length);

    abstract void removeSegment(int segment);

    /** Founds, and commits three batches of four records; the process then ends as the flag says. */
    private void write(final boolean isClosed) {
        Fixture.found(store());
        final Journal journal = Fixture.open(store(), new Recorded());
        for (int batch = 0; batch < 3; batch++) {
            for (int i = 0; i < 4; i++) {
                Fixture.append(journal, "b" + batch, 50);
            }
            journal.commit(1, 2);
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
        try (Journal journal = Fixture.open(store(), recorded)) {
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
        assertThat(scan.lastSeal().stateHashHigh()).isEqualTo(15);
        assertThat(JournalVerification.verify(store()).damages()).isEmpty();
    }

    @Test
    void shouldMakeTheSameReceiptAgainFromTheFiles() {
        Fixture.found(store());
        try (Journal journal = Fixture.open(store(), new Recorded());
                JournalReader reader = journal.newReader()) {
            for (int i = 0; i < 7; i++) {
                Fixture.append(journal, "r", 30);
            }
            assertThat(reader.read(2)).isNull();
            final SealedBatch batch = journal.commit(5, 6);
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
        Fixture.found(store());
        final Journal journal = Fixture.open(store(), new Recorded());
        Fixture.append(journal, "sealed", 10);
        journal.commit(1, 2);
        Fixture.append(journal, "unsealed", 10);
        end(journal, false);
        final Recorded recorded = new Recorded();
        Fixture.open(store(), recorded).close();
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
            assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                    .as("segment %d offset %d of %d bit %d", segment, offset, end, bit)
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("segment");
            assertThat(JournalVerification.verify(store()).isGood()).isFalse();
            flipBit(segment, offset, bit);
        }
        Fixture.open(store(), new Recorded()).close();
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
            assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                    .as("offset %d bit %d", offset, round % 8)
                    .isInstanceOf(JournalDamagedException.class);
            flipBit(1, offset, round % 8);
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
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("head note");
    }

    @Test
    void shouldRefuseAMissingSegment() {
        write(true);
        Fixture.open(store(), new Recorded()).close();
        removeSegment(1);
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("segment 1")
                .hasMessageContaining("missing");
    }

    @Test
    void shouldRefuseAHeadNoteAheadOfWhatCanBeRead() {
        write(true);
        removeSegment(1);
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("head note");
    }

    @Test
    void shouldRefuseADamagedHeadNote() throws IOException {
        write(true);
        store().writeNote(HeadNote.HEAD, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("head note");
    }

    @Test
    void shouldHaveOneWriterAndAnyReaders() {
        write(true);
        try (Journal journal = Fixture.open(store(), new Recorded())) {
            assertThatThrownBy(() -> Fixture.open(store(), new Recorded())).isInstanceOf(StoreLockedException.class);
            assertThat(JournalScan.read(store(), new Recorded()).lastSeal())
                    .isEqualTo(journal.durableMark().seal());
        }
    }

    @Test
    void shouldRefuseAGapAndAnEarlierTime() {
        Fixture.found(store());
        try (Journal journal = Fixture.open(store(), new Recorded())) {
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
        Fixture.found(store());
        final Journal journal = Fixture.open(store(), new Recorded());
        try (JournalFollower follower = JournalFollower.open(store())) {
            assertThat(follower.genesis().gatewayId()).isEqualTo("GW-TEST");
            assertThat(follow(follower)).containsExactly(0L, 1L);
            Fixture.append(journal, "unsealed", 10);
            assertThat(follow(follower)).isEmpty();
            Fixture.append(journal, "sealed", 10);
            journal.commit(1, 2);
            assertThat(follow(follower)).containsExactly(2L, 3L);
            journal.close();
            try (Journal next = Fixture.open(store(), new Recorded())) {
                assertThat(follow(follower)).containsExactly(4L);
                Fixture.append(next, "later", 10);
                next.commit(1, 2);
                assertThat(follow(follower)).containsExactly(5L);
                assertThat(follower.lastSequence()).isEqualTo(5);
                assertThat(follow(follower)).isEmpty();
            }
        }
    }

    /** At batch and record what is sealed in the files may not be forced yet. */
    @Test
    void shouldNotShowWhatIsSealedAndBeyondTheMark() {
        Fixture.found(store());
        try (Journal journal = Fixture.open(store(), new Recorded());
                JournalFollower follower = JournalFollower.open(store())) {
            Fixture.append(journal, "forced", 10);
            journal.commit(1, 2);
            final byte[] mark = store().readMark();
            Fixture.append(journal, "as if not forced yet", 10);
            journal.commit(1, 2);
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

    @Test
    void shouldFindEverySequenceAndTime() {
        write(true);
        Fixture.open(store(), new Recorded()).close();
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
        Fixture.found(store());
        try (Journal journal = Fixture.open(store(), new Recorded())) {
            for (int batch = 0; batch < 300; batch++) {
                for (int i = 0; i < 3; i++) {
                    Fixture.append(journal, "large", 20_000 + batch);
                }
                journal.commit(1, 2);
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
    private static void roll(final Journal journal, final int times) {
        for (int roll = 0; roll < times; roll++) {
            journal.tendSegments(0);
            assertThat(journal.preparedSegment()).isPositive();
            Fixture.append(journal, "rolled", 10);
            Fixture.append(journal, "rolled", 10);
            journal.commit(1, roll);
            journal.beginNextSegment();
            assertThat(journal.preparedSegment()).isEqualTo(-1);
        }
    }

    @Test
    void shouldGoOnInAnotherSegmentWhileItRuns() {
        Fixture.found(store());
        try (Journal journal = Fixture.open(store(), new Recorded());
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
            assertThat(journal.durableMark().seal().stateHashLow())
                    .as("a segment's opening changes no state")
                    .isEqualTo(2);
            assertThat(JournalVerification.verify(store()).damages()).isEmpty();
            assertThat(JournalScan.read(store(), new Recorded()).lastSeal())
                    .isEqualTo(journal.durableMark().seal());
        }
        final Recorded recorded = new Recorded();
        Fixture.open(store(), recorded).close();
        assertThat(recorded.kinds).hasSize(12).endsWith(RecordKind.COMMAND, RecordKind.SEGMENT, RecordKind.SEGMENT);
        assertThat(store().setAsideNames()).isEmpty();
    }

    @Test
    void shouldPrepareASegmentOnlyOnceAndOnlyWhenTheOneBeforeIsLong() {
        Fixture.found(store());
        try (Journal journal = Fixture.open(store(), new Recorded())) {
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
            journal.commit(1, 2);
            journal.beginNextSegment();
            // The new one is shorter than this.
            journal.tendSegments(4096);
            assertThat(journal.preparedSegment()).isEqualTo(-1);
        }
    }

    /** The writer of a prepared segment may run for days before it takes it, or end before it does. */
    @Test
    void shouldReadPastASegmentThatWasPreparedAndNotTaken() {
        Fixture.found(store());
        final Journal journal = Fixture.open(store(), new Recorded());
        try (JournalFollower follower = JournalFollower.open(store())) {
            journal.tendSegments(0);
            Fixture.append(journal, "while one waits", 10);
            journal.commit(1, 2);
            assertThat(follow(follower)).containsExactly(0L, 1L, 2L);
            assertThat(JournalScan.read(store(), new Recorded()).segments()).containsExactly(0, 1);
            assertThat(JournalVerification.verify(store()).damages()).isEmpty();
            Fixture.append(journal, "while one waits", 10);
            journal.commit(1, 2);
            assertThat(follow(follower)).containsExactly(3L);
            journal.close();
            final Recorded recorded = new Recorded();
            try (Journal next = Fixture.open(store(), recorded)) {
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
        Fixture.found(store());
        try (Journal journal =
                Fixture.open(store(), io.settlegate.protocol.receipt.DurabilityLevel.PROCESS, new Recorded())) {
            Fixture.append(journal, "before", 10);
            journal.commit(1, 2);
            assertThat(journal.forcedMark().lastSequence()).isEqualTo(1);
            journal.tendSegments(0);
            journal.beginNextSegment();
            assertThat(journal.forcedMark().lastSequence()).isEqualTo(3);
            Fixture.append(journal, "after", 10);
            journal.commit(1, 2);
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
