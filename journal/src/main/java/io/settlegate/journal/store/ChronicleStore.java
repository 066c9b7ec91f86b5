package io.settlegate.journal.store;

import java.nio.file.Path;
import java.util.List;

/** A {@link Store} in a directory, written by Chronicle Queue. */
public final class ChronicleStore implements Store {
    private final Path directory;

    private ChronicleStore(final Path directory) {
        this.directory = directory;
    }

    /** The store in {@code directory}, with the default block size and roll cycle. */
    public static ChronicleStore in(final Path directory) {
        return new ChronicleStore(directory);
    }

    @Override
    public List<Integer> segments() {
        throw new UnsupportedOperationException(directory.toString());
    }

    @Override
    public void close() {
    }
}
