package io.settlegate.journal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SnapshotTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a disk does to a snapshot's bytes is noticed, and named by block and byte. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SnapshotInputTest {
    private static final long SEQUENCE = 41;
    private static final long SEED = Long.getLong("settlegate.seed", 20261128L);

    private final Random random = new Random(SEED);
    private final MemoryStore store = new MemoryStore(new MemoryFaults(SEED));

    private byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private SnapshotHead head() {
        return new SnapshotHead("GW-1", 3, 2, SEQUENCE, 7, 1_700_000_000_000L, bytes(32), -5, 6, bytes(200));
    }

    /** Writes the state in pieces of random length. */
    private byte[] write(final SnapshotHead head, final byte[] index, final byte[] state) throws IOException {
        try (SnapshotTarget target = store.snapshots().create(SEQUENCE);
                SnapshotOutput output = new SnapshotOutput(target, head, index)) {
            for (int at = 0; at < state.length; ) {
                final int length = Math.min(state.length - at, 1 + random.nextInt(100_000));
                assertThat(output.write(ByteBuffer.wrap(state, at, length))).isEqualTo(length);
                at += length;
            }
            final long length = output.finish();
            target.publish();
            final byte[] file = file();
            assertThat(length).isEqualTo(file.length);
            return file;
        }
    }

    private byte[] file() throws IOException {
        try (SeekableByteChannel channel = store.snapshots().open(SEQUENCE)) {
            final ByteBuffer all = ByteBuffer.allocate((int) channel.size());
            channel.read(all);
            return all.array();
        }
    }

    private void replace(final byte[] file) throws IOException {
        try (SnapshotTarget target = store.snapshots().create(SEQUENCE)) {
            target.write(ByteBuffer.wrap(file));
            target.publish();
        }
    }

    /** Reads all of it; answers the state. */
    private byte[] read() throws IOException {
        try (SeekableByteChannel channel = store.snapshots().open(SEQUENCE);
                SnapshotInput input = new SnapshotInput(channel)) {
            final ByteBuffer state = ByteBuffer.allocate((int) channel.size());
            while (input.read(state) >= 0) {
                // On to the end.
            }
            assertThat(input.finish()).isZero();
            return Arrays.copyOf(state.array(), state.position());
        }
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        for (final int length : new int[] {0, 1, 1_000, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 3 << 20}) {
            final SnapshotHead head = head();
            final byte[] index = bytes(1 + random.nextInt(1 << 20));
            final byte[] state = bytes(length);
            write(head, index, state);
            assertThat(read()).as("%d bytes, seed %d", length, SEED).isEqualTo(state);
            try (SeekableByteChannel channel = store.snapshots().open(SEQUENCE);
                    SnapshotInput input = new SnapshotInput(channel)) {
                assertThat(input.index()).isEqualTo(index);
                assertThat(input.head()).usingRecursiveComparison().isEqualTo(head);
                assertThat(input.finish()).as("bytes that nobody read").isEqualTo(length);
            }
        }
    }

    @Test
    void shouldRefuseEveryFlippedBit() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(400));
        for (int offset = 0; offset < file.length; offset++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                store.flipSnapshotBit(SEQUENCE, offset, bit);
                assertThatThrownBy(this::read)
                        .as("byte %d of %d, bit %d, seed %d", offset, file.length, bit, SEED)
                        .isInstanceOf(SnapshotDamagedException.class)
                        .hasMessageContaining("byte");
                store.flipSnapshotBit(SEQUENCE, offset, bit);
            }
        }
        assertThat(read()).hasSize(400);
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(400));
        for (int length = file.length - 1; length >= 0; length--) {
            store.truncateSnapshot(SEQUENCE, length);
            assertThatThrownBy(this::read)
                    .as("%d of %d bytes, seed %d", length, file.length, SEED)
                    .isInstanceOf(SnapshotDamagedException.class);
        }
    }

    @Test
    void shouldRefuseBytesBehindTheEnd() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(400));
        for (final int more : new int[] {1, 36, 4096}) {
            replace(Arrays.copyOf(file, file.length + more));
            assertThatThrownBy(this::read)
                    .isInstanceOf(SnapshotDamagedException.class)
                    .hasMessageContaining("does not end as a snapshot does");
        }
    }

    @Test
    void shouldNameTheBlockAndTheByte() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(600 << 10));
        final int second = 8 + 16 + 300 + 16 + 100 + 16 + (256 << 10);
        assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(second + 4))
                .isEqualTo(3);
        store.flipSnapshotBit(SEQUENCE, second + 5_000, 2);
        assertThatThrownBy(this::read).hasMessage("block 3 at byte " + second + ": its checksum is wrong");
    }

    /** Blocks that are whole in themselves and stand where others stood. */
    @Test
    void shouldRefuseBlocksThatWereSwappedOrLeftOut() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(600 << 10));
        final int first = 8 + 16 + 300 + 16 + 100;
        final int length = 16 + (256 << 10);
        final byte[] swapped = file.clone();
        System.arraycopy(file, first, swapped, first + length, length);
        System.arraycopy(file, first + length, swapped, first, length);
        replace(swapped);
        assertThatThrownBy(this::read).hasMessageContaining("says it is 3");

        final byte[] shorter = new byte[file.length - length];
        System.arraycopy(file, 0, shorter, 0, first);
        System.arraycopy(file, first + length, shorter, first, shorter.length - first);
        replace(shorter);
        assertThatThrownBy(this::read).isInstanceOf(SnapshotDamagedException.class);
    }

    /** A block of another snapshot, whole and with the right number: only the checksum over all tells. */
    @Test
    void shouldRefuseABlockOfAnotherSnapshot() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(600 << 10));
        final byte[] other = write(head(), bytes(100), bytes(600 << 10));
        final int first = 8 + 16 + 300 + 16 + 100;
        System.arraycopy(other, first, file, first, 16 + (256 << 10));
        replace(file);
        assertThatThrownBy(this::read).hasMessageContaining("checksum over the whole file");
    }

    /** A length that was altered together with its checksum would make a reader that believes it ask for gigabytes. */
    @Test
    void shouldBelieveNoLength() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(400));
        for (final int length : new int[] {0, -1, (1 << 20) + 1, Integer.MAX_VALUE, 500}) {
            final byte[] altered = file.clone();
            final ByteBuffer buffer = ByteBuffer.wrap(altered).order(ByteOrder.LITTLE_ENDIAN);
            final int block = 8 + 16 + 300 + 16 + 100;
            buffer.putInt(block + 8, length);
            final CRC32C crc = new CRC32C();
            crc.update(altered, block, 12);
            crc.update(altered, block + 16, Math.min(Math.max(length, 0), altered.length - block - 16));
            buffer.putInt(block + 12, (int) crc.getValue());
            replace(altered);
            assertThatThrownBy(this::read)
                    .as("length %d", length)
                    .isInstanceOf(SnapshotDamagedException.class)
                    .hasMessageContaining("length cannot be");
        }
    }

    @Test
    void shouldRefuseAnotherVersionAndAnotherFile() throws IOException {
        final byte[] file = write(head(), bytes(100), bytes(400));
        final byte[] newer = file.clone();
        newer[4] = 2;
        replace(newer);
        assertThatThrownBy(this::read).hasMessageContaining("version 2 and this build reads 1");
        replace(bytes(4_000));
        assertThatThrownBy(this::read).isInstanceOf(SnapshotDamagedException.class);
    }
}
