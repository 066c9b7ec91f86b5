package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleJournalTest extends JournalContract {
    @TempDir
    Path directory;

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

    @Test
    void shouldRefuseGarbageInChroniclesMetadataWithAdvice() throws IOException {
        Fixture.found(store());
        Files.write(directory.resolve("segment-00000000/metadata.cq4t"), new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7});
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("metadata.cq4t")
                .hasMessageContaining("move it away");
    }

    @Test
    void shouldRefuseGarbageAtTheStartOfChroniclesFile() {
        Fixture.found(store());
        Fixture.open(store(), new Recorded()).close();
        for (int bit = 0; bit < 8; bit++) {
            flipBit(0, 1, bit);
        }
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded())).isInstanceOf(JournalDamagedException.class);
    }
}
