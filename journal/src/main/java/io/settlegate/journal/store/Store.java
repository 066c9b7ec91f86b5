package io.settlegate.journal.store;

import java.io.IOException;
import java.util.List;

/**
 * Where a journal's bytes lie: numbered segments, small named notes, and what was set aside.
 *
 * <p>A segment is one or more files of frames, laid out as {@link Frames} draws them. Writing belongs to the thread that holds
 * the lock, except for notes, which any one thread at a time may write; reading is open to all, also without the lock and from
 * other processes. Methods block on the disk. They throw {@link StoreException}, and {@link IOException} where a force failed.
 */
public interface Store extends AutoCloseable {
    /**
     * Takes the right to write.
     *
     * @throws StoreLockedException if somebody else has it.
     */
    StoreLock lock();

    /** Numbers of the segments, ascending. */
    List<Integer> segments();

    /** Creates a segment that does not exist yet; its directory is forced. */
    SegmentWriter createSegment(int segment) throws IOException;

    /** Opens the files of a segment for reading, in order. The caller closes them. */
    List<RawFile> files(int segment);

    /** Forces all files and directories of a segment. */
    void forceSegment(int segment) throws IOException;

    /** Says what is wrong with what the store keeps beside the frames of a segment; null if nothing is. */
    String faultBeside(int segment);

    /** The content of a note; null if there is none. */
    byte[] readNote(String name);

    /** Replaces a note as a whole: after a power cut it holds the old content or the new, and after the return the new. */
    void writeNote(String name, byte[] content) throws IOException;

    /** Removes a note, durably. */
    void deleteNote(String name) throws IOException;

    /**
     * Shows readers in all processes how far they may read, without a force. Overwrites in place: a reader may see half of it.
     * Writer's thread. The store keeps what it needs for this until it is closed.
     */
    void publishMark(byte[] content);

    /** What was published last; null if nothing was. */
    byte[] readMark();

    /** Keeps bytes under a name, durably. A name that was used keeps its content and is not written again. */
    void setAside(String name, byte[] content) throws IOException;

    /** Names of what was set aside. */
    List<String> setAsideNames();

    /** The snapshots of what the journal holds. */
    SnapshotFiles snapshots();

    /** What the disk has left. Any thread. */
    Space space();

    /** Where a segment lies, for messages. */
    String describe(int segment);

    @Override
    void close();
}
