package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.snapshot.SnapshotHead;
import io.settlegate.journal.snapshot.SnapshotInput;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The snapshots that lie beside a journal, by what each says of itself at its beginning. Whether one is good shows when it is used:
 * its state is not read here.
 *
 * <p>Blocks on the disk. A value once it was read.
 */
final class SnapshotListing {
    private final List<Entry> entries;

    /** @param fault why it cannot be used, if that shows already; else empty, and then there is a head. */
    private record Entry(long sequence, String place, long length, SnapshotHead head, String fault) {}

    private SnapshotListing(final List<Entry> entries) {
        this.entries = entries;
    }

    /** All of them, the oldest first. */
    static SnapshotListing of(final Store store) {
        final List<Entry> entries = new ArrayList<>();
        for (final long sequence : store.snapshots().sequences()) {
            final String place = store.snapshots().describe(sequence);
            try (SeekableByteChannel channel = store.snapshots().open(sequence);
                    SnapshotInput input = new SnapshotInput(channel)) {
                entries.add(new Entry(sequence, place, input.fileLength(), input.head(), ""));
            } catch (final IOException | StoreException e) {
                entries.add(new Entry(sequence, place, 0, null, String.valueOf(e.getMessage())));
            }
        }
        return new SnapshotListing(entries);
    }

    static SnapshotHead headOf(final Store store, final long sequence) throws IOException {
        try (SeekableByteChannel channel = store.snapshots().open(sequence);
                SnapshotInput input = new SnapshotInput(channel)) {
            return input.head();
        }
    }

    void putInto(final ArrayNode array) {
        for (final Entry entry : entries) {
            final ObjectNode object =
                    array.addObject().put("sequence", entry.sequence()).put("place", entry.place());
            if (entry.head() == null) {
                object.put("fault", entry.fault());
            } else {
                object.put("sealNumber", entry.head().sealNumber())
                        .put("time", ShownTime.of(entry.head().timeMs()))
                        .put("length", entry.length())
                        .put("stateFormat", entry.head().stateFormat())
                        .put("rulesVersion", entry.head().rulesVersion());
            }
        }
    }

    void print(final PrintWriter out) {
        if (entries.isEmpty()) {
            out.println("snapshots    none");
        }
        for (final Entry entry : entries) {
            out.println(
                    entry.head() == null
                            ? "snapshot     " + entry.place() + " cannot be used: " + entry.fault()
                            : String.format(
                                    "snapshot     records to %,d, seal %,d, %s, %,d bytes",
                                    entry.sequence(),
                                    entry.head().sealNumber(),
                                    ShownTime.of(entry.head().timeMs()),
                                    entry.length()));
        }
    }
}
