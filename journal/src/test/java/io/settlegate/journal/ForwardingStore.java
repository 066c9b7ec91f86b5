package io.settlegate.journal;

import io.settlegate.journal.store.RawFile;
import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.SnapshotFiles;
import io.settlegate.journal.store.Space;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import java.io.IOException;
import java.util.List;

/** Hands everything on to another store; tests override what is to go otherwise. */
class ForwardingStore implements Store {
    private final Store store;

    ForwardingStore(final Store store) {
        this.store = store;
    }

    @Override
    public SegmentWriter createSegment(final int segment) throws IOException {
        return store.createSegment(segment);
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
    public List<RawFile> files(final int segment) {
        return store.files(segment);
    }

    @Override
    public void forceSegment(final int segment) throws IOException {
        store.forceSegment(segment);
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
    }

    @Override
    public void deleteNote(final String name) throws IOException {
        store.deleteNote(name);
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
}
