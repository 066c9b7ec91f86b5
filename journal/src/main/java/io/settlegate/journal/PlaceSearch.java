package io.settlegate.journal;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.function.ToLongFunction;

/**
 * Finds a batch's place in a segment without reading all that stands before: by halves, looking at the first seal behind each
 * middle.
 *
 * <p>One thread; blocks on the disk. A middle may lie inside a record, and what a record carries may look like a seal, so a
 * place is a guess: who reads from it has to find there what it looked for, and reads from the segment's start otherwise.
 */
final class PlaceSearch {
    /** Below this, reading on is as quick as looking again. */
    private static final long CLOSE_ENOUGH_LENGTH = 4 << 20;

    private final RawScan scan;
    private final ToLongFunction<Seal> key;
    private Seal found;
    private long foundEnd;

    private PlaceSearch(final RawScan scan, final ToLongFunction<Seal> key) {
        this.scan = scan;
        this.key = key;
    }

    /** Where a batch starts, not far before the first one whose seal's key reaches the target. The key grows with the seals. */
    static long placeBefore(final Store store, final int segment, final ToLongFunction<Seal> key, final long target) {
        try (RawScan scan = new RawScan(store, segment)) {
            return new PlaceSearch(scan, key).place(target);
        }
    }

    private long place(final long target) {
        for (int file = scan.fileCount() - 1; file >= 0; file--) {
            if (isBefore(file, 0, target)) {
                return placeIn(file, target);
            }
        }
        return 0;
    }

    private long placeIn(final int file, final long target) {
        long low = Frames.offset(foundEnd);
        long high = scan.fileLength(file);
        long best = foundEnd;
        while (high - low > CLOSE_ENOUGH_LENGTH) {
            final long middle = (low + (high - low) / 2) & -Frames.ALIGNMENT;
            if (isBefore(file, middle, target)) {
                best = foundEnd;
                low = Math.max(middle, Frames.offset(foundEnd));
            } else {
                high = middle;
            }
        }
        return best;
    }

    private boolean isBefore(final int file, final long offset, final long target) {
        found = null;
        scan.scan(Frames.position(file, offset), (record, position) -> {
            if (Frames.file(position) != file) {
                return false;
            }
            if (record.kind() == RecordKind.SEAL) {
                final byte[] body = record.command();
                if (Seal.faultOf(body) == null) {
                    found = Seal.decode(body);
                    foundEnd = Frames.position(file, Frames.next(Frames.offset(position), record.length()));
                }
            }
            return found == null;
        });
        return found != null && key.applyAsLong(found) < target;
    }
}
