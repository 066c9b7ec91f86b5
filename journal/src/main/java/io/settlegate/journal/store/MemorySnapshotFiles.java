package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Snapshots on the heap, with the faults of their store: writes that stop early, failed forces, bytes and names that a power
 * cut takes.
 *
 * <p>Guarded by its store.
 */
final class MemorySnapshotFiles implements SnapshotFiles {
    private final MemoryStore store;
    private final TreeMap<Long, MemorySnapshot> published = new TreeMap<>();
    private final TreeMap<Long, MemorySnapshot> begun = new TreeMap<>();
    private boolean locked;

    MemorySnapshotFiles(final MemoryStore store) {
        this.store = store;
    }

    /** What another process finds after this one was killed. */
    void copyAfterKill(final MemorySnapshotFiles from) {
        published.putAll(from.published);
        begun.putAll(from.begun);
    }

    /** The same bytes on another disk. */
    void copyBytes(final MemorySnapshotFiles from) {
        from.published.forEach((sequence, file) -> published.put(sequence, file.copy()));
        from.begun.forEach((sequence, file) -> begun.put(sequence, file.copy()));
    }

    /** Puts a file under a name that may be another's. */
    void put(final long sequence, final MemorySnapshot file) {
        published.put(sequence, file);
    }

    /** What the disk holds after a power cut. */
    void copyAfterPowerCut(final MemorySnapshotFiles from, final MemoryFaults faults) {
        from.published.forEach((sequence, file) -> keep(published, sequence, file.afterPowerCut(faults.random())));
        from.begun.forEach((sequence, file) -> keep(begun, sequence, file.afterPowerCut(faults.random())));
    }

    private static void keep(final Map<Long, MemorySnapshot> files, final long sequence, final MemorySnapshot left) {
        if (left != null) {
            files.put(sequence, left);
        }
    }

    @Override
    public StoreLock lock() {
        synchronized (store) {
            if (locked) {
                throw new StoreLockedException("another process writes or deletes snapshots; wait until it ends");
            }
            locked = true;
            return this::unlock;
        }
    }

    private void unlock() {
        synchronized (store) {
            locked = false;
        }
    }

    @Override
    public List<Long> sequences() {
        synchronized (store) {
            return List.copyOf(published.keySet());
        }
    }

    @Override
    public SnapshotTarget create(final long sequence) {
        synchronized (store) {
            final MemorySnapshot file = new MemorySnapshot();
            begun.put(sequence, file);
            return new Target(sequence, file);
        }
    }

    @Override
    public SeekableByteChannel open(final long sequence) {
        synchronized (store) {
            return new MemorySnapshotChannel(store, existing(sequence));
        }
    }

    /** The published snapshot of a sequence. */
    MemorySnapshot existing(final long sequence) {
        final MemorySnapshot file = published.get(sequence);
        if (file == null) {
            throw new StoreException("there is no " + describe(sequence));
        }
        return file;
    }

    @Override
    public void delete(final long sequence) throws IOException {
        synchronized (store) {
            failForce("the directory of snapshots");
            published.remove(sequence);
        }
    }

    @Override
    public int removeAbandoned() throws IOException {
        synchronized (store) {
            failForce("the directory of snapshots");
            final int count = begun.size();
            begun.clear();
            return count;
        }
    }

    private void failForce(final String what) throws IOException {
        if (store.faults().isFailedForce()) {
            throw new IOException("injected: " + what + " was not forced");
        }
    }

    @Override
    public String describe(final long sequence) {
        return "snapshot " + sequence + " in memory";
    }

    private final class Target implements SnapshotTarget {
        private final long sequence;
        private final MemorySnapshot file;
        private boolean open = true;

        private Target(final long sequence, final MemorySnapshot file) {
            this.sequence = sequence;
            this.file = file;
        }

        @Override
        public int write(final ByteBuffer source) throws IOException {
            synchronized (store) {
                final byte[] bytes = new byte[source.remaining()];
                source.get(bytes);
                if (!store.hasRoom(bytes.length)) {
                    throw new IOException("injected: no space is left for " + describe(sequence));
                }
                if (store.faults().isShortWrite()) {
                    file.append(bytes, store.faults().random().nextInt(bytes.length + 1));
                    throw new IOException("injected: the write stopped early in " + describe(sequence));
                }
                file.append(bytes, bytes.length);
                return bytes.length;
            }
        }

        @Override
        public SeekableByteChannel readBack() {
            return new MemorySnapshotChannel(store, file);
        }

        @Override
        public void publish() throws IOException {
            synchronized (store) {
                if (store.faults().isFailedForce()) {
                    file.failForce(store.faults().random());
                    throw new IOException("injected: " + describe(sequence) + " was not forced");
                }
                file.force();
                begun.remove(sequence);
                open = false;
                published.put(sequence, file);
                failForce("the directory of snapshots");
                file.nameForced();
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            synchronized (store) {
                open = false;
                begun.remove(sequence, file);
            }
        }
    }
}
