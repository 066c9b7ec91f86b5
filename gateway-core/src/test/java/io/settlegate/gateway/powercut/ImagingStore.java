package io.settlegate.gateway.powercut;

import io.settlegate.journal.store.RawFile;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.SnapshotFiles;
import io.settlegate.journal.store.Space;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/**
 * A store on real files that keeps an image of what each successful force made durable, and of nothing else.
 *
 * <p>The image is taken on the forcing thread before the force returns, so no byte of the segment can have changed between.
 */
final class ImagingStore implements Store {
    /** When the force happens. */
    enum Forcing {
        /** When it is called. */
        AS_CALLED,
        /** The mutation: the call returns at once, and the force happens when the next record is appended. */
        TOO_LATE
    }

    private final Store store;
    private final Path directory;
    private final DiskImage image;
    private final Forcing forcing;

    ImagingStore(final Store store, final Path directory, final DiskImage image, final Forcing forcing) {
        this.store = store;
        this.directory = directory;
        this.image = image;
        this.forcing = forcing;
    }

    @Override
    public StoreLock lock() {
        return store.lock();
    }

    @Override
    public List<Integer> segments() {
        return store.segments();
    }

    @Override
    public SegmentWriter createSegment(final int segment) throws IOException {
        return new Writer(store.createSegment(segment), segment);
    }

    @Override
    public List<RawFile> files(final int segment) {
        return store.files(segment);
    }

    @Override
    public void forceSegment(final int segment) throws IOException {
        store.forceSegment(segment);
        captureSegment(segment);
    }

    @Override
    public String faultBeside(final int segment) {
        return store.faultBeside(segment);
    }

    @Override
    public byte[] readNote(final String name) {
        return store.readNote(name);
    }

    @Override
    public void writeNote(final String name, final byte[] content) throws IOException {
        store.writeNote(name, content);
        image.capture(List.of(directory.resolve(name + ".note")));
    }

    @Override
    public void deleteNote(final String name) throws IOException {
        store.deleteNote(name);
        image.captureDeletion(directory.resolve(name + ".note"));
    }

    @Override
    public void publishMark(final byte[] content) {
        store.publishMark(content);
    }

    @Override
    public byte[] readMark() {
        return store.readMark();
    }

    @Override
    public void setAside(final String name, final byte[] content) throws IOException {
        store.setAside(name, content);
        image.capture(List.of(directory.resolve("set-aside").resolve(name)));
    }

    @Override
    public List<String> setAsideNames() {
        return store.setAsideNames();
    }

    @Override
    public SnapshotFiles snapshots() {
        return store.snapshots();
    }

    @Override
    public Space space() {
        return store.space();
    }

    @Override
    public String describe(final int segment) {
        return store.describe(segment);
    }

    @Override
    public void close() {
        store.close();
    }

    private void captureSegment(final int segment) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(store.describe(segment)))) {
            image.capture(files.filter(Files::isRegularFile).toList());
        }
    }

    private final class Writer implements SegmentWriter {
        private final SegmentWriter writer;
        private final int segment;
        private boolean forceDue;

        private Writer(final SegmentWriter writer, final int segment) {
            this.writer = writer;
            this.segment = segment;
        }

        @Override
        public long append(final DirectBuffer buffer, final int offset, final int length) {
            if (forceDue) {
                try {
                    forceNow();
                } catch (final IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            return writer.append(buffer, offset, length);
        }

        @Override
        public void force() throws IOException {
            if (forcing == Forcing.TOO_LATE) {
                forceDue = true;
            } else {
                forceNow();
            }
        }

        private void forceNow() throws IOException {
            forceDue = false;
            writer.force();
            captureSegment(segment);
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
