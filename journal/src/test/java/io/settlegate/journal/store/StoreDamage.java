package io.settlegate.journal.store;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What happens to bytes that lie on a disk: each method hurts a store at a random place and says where, or answers null where
 * the store has no such place.
 */
public final class StoreDamage {
    private static final int INDEX_KIND = 2;
    private static final int PROLOGUE_LENGTH = 8;
    private static final int BLOCK_HEADER_LENGTH = 16;
    private static final int BLOCK_LENGTH_OFFSET = 8;

    private final MemoryStore store;
    private final Random random;

    public StoreDamage(final MemoryStore store, final Random random) {
        this.store = store;
        this.random = random;
    }

    /** A file of a segment. */
    private record Place(int segment, int file, MemoryFile bytes) {
        @Override
        public String toString() {
            return "segment " + segment + " file " + file;
        }
    }

    /** Where a frame stands, word included. */
    private record Frame(int offset, int length) {}

    private Place anyFile() {
        final List<Place> places = new ArrayList<>();
        store.segmentFiles().forEach((segment, files) -> {
            for (int i = 0; i < files.size(); i++) {
                if (contentLength(files.get(i).content()) > 0) {
                    places.add(new Place(segment, i, files.get(i)));
                }
            }
        });
        return places.isEmpty() ? null : places.get(random.nextInt(places.size()));
    }

    private static int contentLength(final byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** Flips bits that lie within 64 bytes. */
    public String flip(final int count) {
        final Place place = anyFile();
        if (place == null) {
            return null;
        }
        final int length = contentLength(place.bytes().content());
        final int start = random.nextInt(length);
        for (int i = 0; i < count; i++) {
            place.bytes().flipBit(Math.min(length - 1, start + (i == 0 ? 0 : random.nextInt(64))), random.nextInt(8));
        }
        return place + " byte " + start;
    }

    /** A page that was never written: zeros. */
    public String zero(final int pageLength) {
        final Place place = anyFile();
        if (place == null) {
            return null;
        }
        final byte[] content = place.bytes().content();
        final int page = random.nextInt((contentLength(content) + pageLength - 1) / pageLength);
        place.bytes().zero((long) page * pageLength, Math.min(pageLength, content.length - page * pageLength));
        return place + " page " + page + " of " + pageLength;
    }

    /** A file that ends early. */
    public String truncate() {
        final Place place = anyFile();
        if (place == null) {
            return null;
        }
        final int length = random.nextInt(contentLength(place.bytes().content()));
        place.bytes().truncate(length);
        return place + " cut to " + length;
    }

    public String loseSegment() {
        final List<Integer> segments = store.segments();
        if (segments.isEmpty()) {
            return null;
        }
        final int segment = segments.get(random.nextInt(segments.size()));
        store.removeSegment(segment);
        return "segment " + segment;
    }

    /** A file of a segment that has more than one. */
    public String loseFile() {
        final Integer segment = anySegmentOfMany();
        if (segment == null) {
            return null;
        }
        final List<MemoryFile> files = store.segmentFiles().get(segment);
        final int file = random.nextInt(files.size());
        files.remove(file);
        return "segment " + segment + " file " + file;
    }

    private Integer anySegmentOfMany() {
        final List<Integer> segments = store.segmentFiles().entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(java.util.Map.Entry::getKey)
                .toList();
        return segments.isEmpty() ? null : segments.get(random.nextInt(segments.size()));
    }

    /** Two segments under each other's number. */
    public String swapSegments() {
        final List<Integer> segments = store.segments();
        if (segments.size() < 2) {
            return null;
        }
        final int one = random.nextInt(segments.size());
        final int other = (one + 1 + random.nextInt(segments.size() - 1)) % segments.size();
        swapSegments(store, segments.get(one), segments.get(other));
        return "segments " + segments.get(one) + " and " + segments.get(other);
    }

    /** These two segments under each other's number. */
    public static void swapSegments(final MemoryStore store, final int one, final int other) {
        final List<MemoryFile> first = store.segmentFiles().get(one);
        store.segmentFiles().put(one, store.segmentFiles().get(other));
        store.segmentFiles().put(other, first);
    }

    /** Two files of a segment under each other's name. */
    public String swapFiles() {
        final Integer segment = anySegmentOfMany();
        if (segment == null) {
            return null;
        }
        final List<MemoryFile> files = store.segmentFiles().get(segment);
        final int one = random.nextInt(files.size());
        final int other = (one + 1 + random.nextInt(files.size() - 1)) % files.size();
        files.set(one, files.set(other, files.get(one)));
        return "segment " + segment + " files " + one + " and " + other;
    }

    /** A record once more: over another place, inserted between two, or behind the last. */
    public String duplicate() {
        final Place from = anyFile();
        final Place to = random.nextBoolean() ? from : anyFile();
        if (from == null) {
            return null;
        }
        final List<Frame> sources = frames(from.bytes().content());
        final List<Frame> targets = frames(to.bytes().content());
        if (sources.isEmpty() || targets.isEmpty()) {
            return null;
        }
        final Frame source = sources.get(random.nextInt(sources.size()));
        final byte[] record =
                Arrays.copyOfRange(from.bytes().content(), source.offset(), source.offset() + source.length());
        final Frame target = targets.get(random.nextInt(targets.size()));
        final Frame last = targets.get(targets.size() - 1);
        final int mode = random.nextInt(3);
        final int at = mode == 2 ? last.offset() + last.length() : target.offset();
        final byte[] old = to.bytes().content();
        final byte[] changed = Arrays.copyOf(old, old.length + record.length + 4);
        if (mode == 1) {
            System.arraycopy(old, at, changed, at + record.length, old.length - at);
        }
        System.arraycopy(record, 0, changed, at, record.length);
        to.bytes().replace(changed);
        return from + " byte " + source.offset() + ", "
                + new String[] {"written over", "inserted before", "appended at"}[mode] + " " + to + " byte " + at;
    }

    private static List<Frame> frames(final byte[] content) {
        final UnsafeBuffer buffer = new UnsafeBuffer(content);
        final List<Frame> frames = new ArrayList<>();
        int offset = 0;
        while (offset + Frames.WORD_LENGTH <= content.length) {
            final int word = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            if (!Frames.isRecord(word)) {
                break;
            }
            final int next = (int) Frames.next(offset, Frames.length(word));
            if (next > content.length) {
                break;
            }
            frames.add(new Frame(offset, next - offset));
            offset = next;
        }
        return frames;
    }

    /** Changes a note: a bit, its length, or one more byte. */
    public String hurtNote(final String name) throws java.io.IOException {
        final byte[] note = store.readNote(name);
        if (note == null || note.length == 0) {
            return null;
        }
        final int mode = random.nextInt(8);
        final byte[] changed = mode == 0
                ? Arrays.copyOf(note, random.nextInt(note.length))
                : mode == 1 ? Arrays.copyOf(note, note.length + 1) : note;
        final int at = random.nextInt(note.length);
        if (mode > 1) {
            changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        store.writeNote(name, changed);
        return name + (mode > 1 ? " byte " + at : " of " + changed.length + " bytes");
    }

    public String loseNote(final String name) {
        if (store.readNote(name) == null) {
            return null;
        }
        store.deleteNote(name);
        return name;
    }

    public String loseMark() {
        store.loseMark();
        return "the mark";
    }

    /** Changes a bit of the mark. */
    public String hurtMark() {
        final byte[] mark = store.readMark();
        if (mark == null) {
            return null;
        }
        final int at = random.nextInt(mark.length);
        mark[at] ^= (byte) (1 << random.nextInt(8));
        store.publishMark(mark);
        return "mark byte " + at;
    }

    private Long anySnapshot() {
        final List<Long> sequences = store.snapshots().sequences();
        final Long any = sequences.isEmpty() ? null : sequences.get(random.nextInt(sequences.size()));
        return any == null || store.snapshotFiles().existing(any).length() == 0 ? null : any;
    }

    public String flipInSnapshot() {
        final Long sequence = anySnapshot();
        if (sequence == null) {
            return null;
        }
        final MemorySnapshot file = store.snapshotFiles().existing(sequence);
        final int at = random.nextInt(file.length());
        file.flipBit(at, random.nextInt(8));
        return "snapshot " + sequence + " byte " + at;
    }

    /** Flips a bit of the index of batches in a snapshot. */
    public String flipInIndex() {
        final Long sequence = anySnapshot();
        if (sequence == null) {
            return null;
        }
        final MemorySnapshot file = store.snapshotFiles().existing(sequence);
        final UnsafeBuffer content = new UnsafeBuffer(file.content());
        int block = PROLOGUE_LENGTH;
        while (block >= 0
                && block + BLOCK_HEADER_LENGTH < content.capacity()
                && content.getInt(block, ByteOrder.LITTLE_ENDIAN) != INDEX_KIND) {
            block += BLOCK_HEADER_LENGTH + content.getInt(block + BLOCK_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        }
        if (block < 0 || block + BLOCK_HEADER_LENGTH >= content.capacity()) {
            // Cut before it by the fault before this one.
            return null;
        }
        final int length = Math.min(
                content.getInt(block + BLOCK_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN),
                content.capacity() - block - BLOCK_HEADER_LENGTH);
        if (length <= 0) {
            return null;
        }
        final int at = block + BLOCK_HEADER_LENGTH + random.nextInt(length);
        file.flipBit(at, random.nextInt(8));
        return "snapshot " + sequence + " byte " + at + " in its index";
    }

    public String truncateSnapshot() {
        final Long sequence = anySnapshot();
        if (sequence == null) {
            return null;
        }
        final MemorySnapshot file = store.snapshotFiles().existing(sequence);
        final int length = random.nextInt(file.length());
        file.truncate(length);
        return "snapshot " + sequence + " cut to " + length;
    }

    public String loseSnapshot() throws java.io.IOException {
        final Long sequence = anySnapshot();
        if (sequence == null) {
            return null;
        }
        store.snapshots().delete(sequence);
        return "snapshot " + sequence;
    }

    /** A snapshot of another store under the name of one here, or of none. */
    public String foreignSnapshot(final MemoryStore other) {
        final List<Long> foreign = other.snapshots().sequences();
        if (foreign.isEmpty()) {
            return null;
        }
        final long from = foreign.get(random.nextInt(foreign.size()));
        final Long here = anySnapshot();
        final long to = here == null || random.nextBoolean() ? from : here;
        store.snapshotFiles().put(to, other.snapshotFiles().existing(from).copy());
        return "snapshot " + from + " of another journal as " + to;
    }

    /** A snapshot under the name of another sequence. */
    public String renameSnapshot() throws java.io.IOException {
        final Long sequence = anySnapshot();
        if (sequence == null) {
            return null;
        }
        final MemorySnapshot file = store.snapshotFiles().existing(sequence);
        store.snapshots().delete(sequence);
        final long to = sequence + 1 + random.nextInt(3);
        store.snapshotFiles().put(to, file);
        return "snapshot " + sequence + " as " + to;
    }
}
