package io.settlegate.journal.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link Store} on the heap that fails as disks do: short writes, failed forces after which pages are gone, unforced pages
 * lost in a power cut, flipped bits. All of it from a seed.
 *
 * <p>Safe for all threads, for it holds one lock. {@link #afterPowerCut} and {@link #afterKill} answer the store as the next
 * process finds it; the old one is not to be used any more.
 */
public final class MemoryStore implements Store {
    private final TreeMap<Integer, List<MemoryFile>> segments = new TreeMap<>();
    private final Map<String, byte[]> notes = new TreeMap<>();
    private final Map<String, byte[]> setAside = new TreeMap<>();
    private final MemorySnapshotFiles snapshots = new MemorySnapshotFiles(this);
    private final MemoryFaults faults;
    private volatile Space space = new Space(Long.MAX_VALUE, 0, 0);
    private byte[] mark;
    private boolean locked;

    public MemoryStore(final MemoryFaults faults) {
        this.faults = faults;
    }

    /** What goes wrong from now on. */
    public MemoryFaults faults() {
        return faults;
    }

    /** The store after a power cut: forced bytes, and of the others a random part. */
    public synchronized MemoryStore afterPowerCut() {
        final MemoryStore left = withNotes();
        segments.forEach((number, files) -> {
            final List<MemoryFile> kept = new ArrayList<>();
            for (final MemoryFile file : files) {
                final MemoryFile after = file.afterPowerCut(faults.random());
                if (after == null) {
                    break;
                }
                kept.add(after);
            }
            left.segments.put(number, kept);
        });
        left.snapshots.copyAfterPowerCut(snapshots, faults);
        return left;
    }

    /** The store after the process ended: the page cache is as it was. */
    public synchronized MemoryStore afterKill() {
        final MemoryStore left = withNotes();
        left.segments.putAll(segments);
        left.snapshots.copyAfterKill(snapshots);
        left.mark = mark;
        return left;
    }

    /** The same bytes on a disk of its own, with faults of its own: what happens to one does not show in the other. */
    public synchronized MemoryStore copy(final MemoryFaults itsFaults) {
        final MemoryStore copy = withNotes(itsFaults);
        segments.forEach((number, files) -> copy.segments.put(
                number, new ArrayList<>(files.stream().map(MemoryFile::copy).toList())));
        copy.snapshots.copyBytes(snapshots);
        copy.mark = mark;
        copy.space = space;
        return copy;
    }

    /** All bytes by name, as a process reads them. */
    public synchronized Map<String, byte[]> content() {
        final Map<String, byte[]> content = new TreeMap<>();
        notes.forEach((name, bytes) -> content.put("note " + name, bytes.clone()));
        setAside.forEach((name, bytes) -> content.put("set aside " + name, bytes.clone()));
        segments.forEach((number, files) -> {
            for (int i = 0; i < files.size(); i++) {
                content.put("segment " + number + " file " + i, files.get(i).content());
            }
        });
        snapshots
                .sequences()
                .forEach(sequence -> content.put(
                        snapshots.describe(sequence),
                        snapshots.existing(sequence).content()));
        if (mark != null) {
            content.put("mark", mark.clone());
        }
        return content;
    }

    /** The files themselves, for damage. */
    Map<Integer, List<MemoryFile>> segmentFiles() {
        return segments;
    }

    /** The snapshots themselves, for damage. */
    MemorySnapshotFiles snapshotFiles() {
        return snapshots;
    }

    /** Loses what was published, as a power cut does. */
    synchronized void loseMark() {
        mark = null;
    }

    private MemoryStore withNotes() {
        return withNotes(faults);
    }

    private MemoryStore withNotes(final MemoryFaults itsFaults) {
        final MemoryStore left = new MemoryStore(itsFaults);
        left.notes.putAll(notes);
        left.setAside.putAll(setAside);
        return left;
    }

    @Override
    public synchronized StoreLock lock() {
        if (locked) {
            throw new StoreLockedException("another writer has this journal open; stop it first");
        }
        locked = true;
        return this::unlock;
    }

    private synchronized void unlock() {
        locked = false;
    }

    @Override
    public synchronized List<Integer> segments() {
        return List.copyOf(segments.keySet());
    }

    @Override
    public synchronized SegmentWriter createSegment(final int segment) throws IOException {
        if (segments.containsKey(segment)) {
            throw new StoreException("segment " + segment + " exists");
        }
        requireRoom(MemoryFile.PAGE_LENGTH);
        if (faults.isFailedForce()) {
            throw new IOException("injected: the directory of segment " + segment + " was not forced");
        }
        segments.put(segment, new ArrayList<>());
        addFile(segment);
        return new MemorySegmentWriter(this, segment);
    }

    boolean hasRoom(final int length) {
        return faults.takeRoom(length);
    }

    void requireRoom(final int length) {
        if (!hasRoom(length)) {
            throw new StoreException("injected: the disk is full; make room and start again");
        }
    }

    synchronized void addFile(final int segment) {
        segments.get(segment).add(new MemoryFile());
    }

    synchronized MemoryFile file(final int segment, final int file) {
        return segments.get(segment).get(file);
    }

    @Override
    public synchronized List<RawFile> files(final int segment) {
        final List<RawFile> files = new ArrayList<>();
        final List<MemoryFile> present = segments.getOrDefault(segment, List.of());
        for (int i = 0; i < present.size(); i++) {
            files.add(new View("file-" + i, present.get(i)));
        }
        return files;
    }

    @Override
    public synchronized void forceSegment(final int segment) throws IOException {
        if (faults.isFailedForce()) {
            segments.get(segment).forEach(file -> file.failForce(faults.random()));
            throw new IOException("injected: segment " + segment + " was not forced");
        }
        segments.get(segment).forEach(MemoryFile::force);
    }

    @Override
    public String faultBeside(final int segment) {
        return null;
    }

    @Override
    public synchronized byte[] readNote(final String name) {
        final byte[] content = notes.get(name);
        return content == null ? null : content.clone();
    }

    @Override
    public synchronized void writeNote(final String name, final byte[] content) throws IOException {
        if (!hasRoom(content.length)) {
            throw new IOException("injected: no space is left for the note " + name);
        }
        notes.put(name, content.clone());
    }

    @Override
    public synchronized void deleteNote(final String name) {
        notes.remove(name);
    }

    /** Kept over the end of the process, lost in a power cut. */
    @Override
    public synchronized void publishMark(final byte[] content) {
        mark = content.clone();
    }

    @Override
    public synchronized byte[] readMark() {
        return mark == null ? null : mark.clone();
    }

    @Override
    public synchronized void setAside(final String name, final byte[] content) throws IOException {
        if (!hasRoom(content.length)) {
            throw new IOException("injected: no space is left for " + name);
        }
        setAside.putIfAbsent(name, content.clone());
    }

    @Override
    public synchronized List<String> setAsideNames() {
        return List.copyOf(setAside.keySet());
    }

    /** What was set aside under a name. */
    public synchronized byte[] setAsideContent(final String name) {
        return setAside.get(name).clone();
    }

    @Override
    public SnapshotFiles snapshots() {
        return snapshots;
    }

    /** Flips one bit of a published snapshot, on the disk and in the cache. */
    public synchronized void flipSnapshotBit(final long sequence, final int offset, final int bit) {
        snapshots.existing(sequence).flipBit(offset, bit);
    }

    /** Cuts a published snapshot off. */
    public synchronized void truncateSnapshot(final long sequence, final int length) {
        snapshots.existing(sequence).truncate(length);
    }

    @Override
    public Space space() {
        return space;
    }

    /** What the disk has left from now on; by itself the heap has no floor. */
    public void space(final Space left) {
        space = left;
    }

    @Override
    public String describe(final int segment) {
        return "segment " + segment + " in memory";
    }

    /** Flips one bit, on the disk and in the cache. */
    public synchronized void flipBit(final int segment, final int file, final long offset, final int bit) {
        segments.get(segment).get(file).flipBit(offset, bit);
    }

    /** Makes bytes zero, on the disk and in the cache, as if they had never been written. */
    public synchronized void zero(final int segment, final int file, final long offset, final int length) {
        segments.get(segment).get(file).zero(offset, length);
    }

    /** Cuts a file off. */
    public synchronized void truncate(final int segment, final int file, final int length) {
        segments.get(segment).get(file).truncate(length);
    }

    /** Loses a whole segment. */
    public synchronized void removeSegment(final int segment) {
        segments.remove(segment);
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private final class View implements RawFile {
        private final String name;
        private final MemoryFile file;

        View(final String name, final MemoryFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long length() {
            synchronized (MemoryStore.this) {
                return file.length();
            }
        }

        @Override
        public int read(final long position, final byte[] target, final int offset, final int length) {
            synchronized (MemoryStore.this) {
                return file.read(position, target, offset, length);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
