package io.settlegate.journal;

import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real files. */
abstract class ChronicleJournalContract extends JournalContract {
    @TempDir
    Path directory;

    ChronicleJournalContract(final SnapshotTiming snapshots) {
        super(snapshots);
    }

    @Override
    Store store() {
        return ChronicleStore.in(directory, ChronicleConfiguration.defaults().withBlockLength(64 << 10));
    }

    private Path file(final int segment) {
        try (Stream<Path> listing = Files.list(directory.resolve(String.format("segment-%08d", segment)))) {
            return listing.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void flipBit(final int segment, final long offset, final int bit) {
        try (RandomAccessFile file = new RandomAccessFile(file(segment).toFile(), "rw")) {
            file.seek(offset);
            final int value = file.read();
            file.seek(offset);
            file.write(value ^ 1 << bit);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void truncate(final int segment, final int length) {
        try (RandomAccessFile file = new RandomAccessFile(file(segment).toFile(), "rw")) {
            file.setLength(length);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void removeSegment(final int segment) {
        try (Stream<Path> tree = Files.walk(directory.resolve(String.format("segment-%08d", segment)))) {
            for (final Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
