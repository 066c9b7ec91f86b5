package io.settlegate.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Store} keeps. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class StoreContract {
    abstract Store store();

    /** The same bytes, as another process sees them. */
    abstract Store another(Store store);

    /** Makes the next append go to a new file. */
    abstract void roll();

    private static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldReadWhatWasAppendedInOrderAcrossFilesAndFromAnyPosition() throws IOException {
        final Store store = store();
        final long seed = 5;
        final Random random = new Random(seed);
        final byte[][] records = new byte[300][];
        final long[] positions = new long[records.length];
        try (SegmentWriter writer = store.createSegment(0)) {
            for (int i = 0; i < records.length; i++) {
                if (i % 100 == 99) {
                    roll();
                }
                records[i] = bytes(random, 1 + random.nextInt(3000));
                positions[i] = writer.append(new UnsafeBuffer(records[i]), 0, records[i].length);
                if (i % 7 == 0) {
                    writer.force();
                }
            }
            writer.force();
            try (SegmentReader reader = new SegmentReader(another(store), 0)) {
                for (int i = 0; i < records.length; i++) {
                    assertThat(reader.next()).as("record %d, seed %d", i, seed).isTrue();
                    assertThat(reader.position()).isEqualTo(positions[i]);
                    assertThat(content(reader)).isEqualTo(records[i]);
                }
                assertThat(reader.next()).isFalse();
                for (int n = 0; n < 100; n++) {
                    final int i = random.nextInt(records.length);
                    reader.seek(positions[i]);
                    assertThat(reader.next()).isTrue();
                    assertThat(content(reader)).isEqualTo(records[i]);
                }
            }
        }
    }

    private static byte[] content(final SegmentReader reader) {
        final byte[] content = new byte[reader.record().capacity()];
        reader.record().getBytes(0, content);
        return content;
    }

    @Test
    void shouldGoOnReadingWhenMoreIsAppended() throws IOException {
        final Store store = store();
        try (SegmentWriter writer = store.createSegment(3);
                SegmentReader reader = new SegmentReader(store, 3)) {
            assertThat(reader.next()).isFalse();
            writer.append(new UnsafeBuffer(new byte[] {1, 2, 3}), 1, 2);
            assertThat(reader.next()).isTrue();
            assertThat(content(reader)).containsExactly(2, 3);
            assertThat(reader.next()).isFalse();
            roll();
            writer.append(new UnsafeBuffer(new byte[] {4}), 0, 1);
            assertThat(reader.next()).isTrue();
            assertThat(content(reader)).containsExactly(4);
        }
    }

    @Test
    void shouldListSegmentsAndRefuseToCreateOneTwice() throws IOException {
        final Store store = store();
        store.createSegment(2).close();
        store.createSegment(0).close();
        assertThat(store.segments()).containsExactly(0, 2);
        assertThatThrownBy(() -> store.createSegment(2)).isInstanceOfAny(StoreException.class, IOException.class);
    }

    @Test
    void shouldKeepReplaceAndRemoveNotes() throws IOException {
        final Store store = store();
        assertThat(store.readNote("head")).isNull();
        store.writeNote("head", new byte[] {1});
        store.writeNote("head", new byte[] {2, 3});
        assertThat(another(store).readNote("head")).containsExactly(2, 3);
        store.deleteNote("head");
        assertThat(store.readNote("head")).isNull();
    }

    @Test
    void shouldNeverOverwriteWhatWasSetAside() throws IOException {
        final Store store = store();
        store.setAside("tail", new byte[] {1});
        store.setAside("tail", new byte[] {2});
        assertThat(store.setAsideNames()).containsExactly("tail");
    }

    private static byte[] content(final SeekableByteChannel channel) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate((int) channel.size() + 1);
        while (channel.read(buffer) >= 0) {
            assertThat(buffer.hasRemaining()).isTrue();
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] published(final Store store, final long sequence) throws IOException {
        try (SeekableByteChannel channel = store.snapshots().open(sequence)) {
            return content(channel);
        }
    }

    @Test
    void shouldShowASnapshotOnlyAfterItWasPublished() throws IOException {
        final Store store = store();
        store.createSegment(0).close();
        final byte[] bytes = bytes(new Random(6), 5_000);
        assertThat(store.snapshots().sequences()).isEmpty();
        try (SnapshotTarget target = store.snapshots().create(70)) {
            target.write(ByteBuffer.wrap(bytes, 0, 700));
            target.write(ByteBuffer.wrap(bytes, 700, 4_300));
            try (SeekableByteChannel back = target.readBack()) {
                assertThat(content(back)).isEqualTo(bytes);
            }
            assertThat(another(store).snapshots().sequences()).isEmpty();
            target.publish();
        }
        store.snapshots().create(9).publish();
        assertThat(another(store).snapshots().sequences()).containsExactly(9L, 70L);
        assertThat(published(another(store), 70)).isEqualTo(bytes);
        try (SeekableByteChannel channel = store.snapshots().open(70)) {
            assertThat(content(channel.position(4_990))).isEqualTo(Arrays.copyOfRange(bytes, 4_990, 5_000));
        }
        store.snapshots().delete(70);
        store.snapshots().delete(70);
        assertThat(another(store).snapshots().sequences()).containsExactly(9L);
        assertThatThrownBy(() -> store.snapshots().open(70)).isInstanceOf(StoreException.class);
        assertThat(store.segments()).containsExactly(0);
    }

    @Test
    void shouldReplaceASnapshotOfTheSameSequenceAsAWhole() throws IOException {
        final Store store = store();
        store.createSegment(0).close();
        for (final byte content : new byte[] {1, 2}) {
            try (SnapshotTarget target = store.snapshots().create(5)) {
                target.write(ByteBuffer.wrap(new byte[] {content, content}, 0, content));
                target.publish();
            }
        }
        assertThat(published(store, 5)).containsExactly(2, 2);
    }

    @Test
    void shouldForgetASnapshotThatWasNeverPublished() throws IOException {
        final Store store = store();
        store.createSegment(0).close();
        try (SnapshotTarget target = store.snapshots().create(5)) {
            target.write(ByteBuffer.wrap(new byte[10]));
        }
        assertThat(store.snapshots().removeAbandoned()).isZero();
        // A process that is killed closes nothing.
        final SnapshotTarget killed = store.snapshots().create(6);
        killed.write(ByteBuffer.wrap(new byte[10]));
        final Store next = another(store);
        assertThat(next.snapshots().sequences()).isEmpty();
        assertThat(next.snapshots().removeAbandoned()).isEqualTo(1);
        assertThat(next.snapshots().removeAbandoned()).isZero();
        killed.close();
    }

    @Test
    void shouldHaveOneMakerOfSnapshotsBesideTheWriter() throws IOException {
        final Store store = store();
        final StoreLock writer = store.lock();
        final StoreLock lock = store.snapshots().lock();
        assertThatThrownBy(() -> store.snapshots().lock())
                .isInstanceOf(StoreLockedException.class)
                .hasMessageContaining("snapshots");
        lock.close();
        store.snapshots().lock().close();
        writer.close();
    }

    @Test
    void shouldHaveOneWriter() {
        final Store store = store();
        final StoreLock lock = store.lock();
        assertThatThrownBy(store::lock).isInstanceOf(StoreLockedException.class).hasMessageContaining("writer");
        lock.close();
        store.lock().close();
    }
}
