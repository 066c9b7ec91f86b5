package io.settlegate.journal;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.SegmentWriter;
import org.agrona.DirectBuffer;

/**
 * Brings encoded records to the segment that is being written, or holds those of the next batch while a sealed batch is not
 * forced: what stands in the store of a batch proves to the next start that the batch before it was forced.
 *
 * <p>Writer's thread, but for {@link #segmentLength}. Blocks on the disk where more comes than may be held. After an exception the
 * journal has failed.
 */
final class RecordOutput {
    private static final long NOWHERE = -1;

    private final Durability durability;
    private final HeldRecords held = new HeldRecords();
    private SegmentWriter writer;
    private int segment;
    /** Where the open batch begins, once one of its records is in the store. */
    private long batchStart = NOWHERE;
    /** Bytes of the records in the segment. */
    private volatile long segmentLength;

    RecordOutput(final Durability durability, final SegmentWriter writer, final int segment) {
        this.durability = durability;
        this.writer = writer;
        this.segment = segment;
    }

    /** Writes or holds a record, the buffer's first bytes. */
    void write(final DirectBuffer record, final int length) {
        if (durability.mayFollow()) {
            writeHeld();
            place(record, length);
        } else if (!held.add(record, length)) {
            writeLast(record, length);
        }
    }

    /** Waits until the batch before is forced, or forces it; then writes what is held and this record. */
    void writeLast(final DirectBuffer record, final int length) {
        if (!durability.mayFollow()) {
            durability.makeDurable();
        }
        writeHeld();
        place(record, length);
    }

    /** The batch is sealed: answers where it begins in {@link #segment}. */
    long endBatch() {
        final long start = batchStart;
        batchStart = NOWHERE;
        return start;
    }

    private void writeHeld() {
        if (held.count() == 0) {
            return;
        }
        for (int i = 0; i < held.count(); i++) {
            try {
                placed(held.appendTo(writer, i), held.length(i));
            } catch (final RuntimeException e) {
                durability.fail(e);
                throw e;
            }
        }
        held.clear();
    }

    private void place(final DirectBuffer record, final int length) {
        try {
            placed(writer.append(record, 0, length), length);
        } catch (final RuntimeException e) {
            durability.fail(e);
            throw e;
        }
    }

    private void placed(final long position, final int length) {
        if (batchStart == NOWHERE) {
            batchStart = position;
        }
        // This thread is the only one that writes it.
        segmentLength = segmentLength + Frames.WORD_LENGTH + length;
    }

    int segment() {
        return segment;
    }

    /** Any thread. */
    long segmentLength() {
        return segmentLength;
    }

    /** Goes on in the prepared segment, which there must be, between two batches and after all before it was forced. */
    void goOn(final NextSegment next) {
        final SegmentWriter old = writer;
        // Before the segment is taken: who prepares looks at both, and would take the old length for the new segment's.
        segmentLength = 0;
        segment = next.number();
        writer = next.take();
        durability.goOn(writer, segment);
        next.retire(old);
    }

    /** Forgets what is held: nobody was told of it. */
    void close() {
        writer.close();
    }
}
