package io.settlegate.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory below {@code java.io.tmpdir} that goes with everything in it when it is closed. For one thread. */
final class TemporaryDirectory implements AutoCloseable {
    private final Path path;

    TemporaryDirectory(final String name) throws IOException {
        path = Files.createTempDirectory("settlegate-" + name);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            for (final Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
