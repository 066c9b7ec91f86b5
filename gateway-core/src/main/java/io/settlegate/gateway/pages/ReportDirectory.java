package io.settlegate.gateway.pages;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new directory of a report's files that appears whole, when it is committed, or not at all.
 *
 * <p>One thread; blocks on the disk.
 */
public final class ReportDirectory implements Closeable {
    private static final CsvFactory CSV = CsvFactory.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private final Path target;
    private final Path unfinished;

    private ReportDirectory(final Path target, final Path unfinished) {
        this.target = target;
        this.unfinished = unfinished;
    }

    /** @throws IOException if something stands there already: a report is not written over another. */
    public static ReportDirectory create(final Path target) throws IOException {
        final Path whole = target.toAbsolutePath().normalize();
        if (Files.exists(whole) && !isEmptyDirectory(whole)) {
            throw new IOException(
                    target + " is not empty: name a new directory, so that pages of two reports do not mix");
        }
        final Path parent = whole.getParent();
        if (parent == null) {
            throw new IOException(target + " is no place for a report; name a directory below it");
        }
        Files.createDirectories(parent);
        return new ReportDirectory(
                whole, Files.createTempDirectory(parent, "." + whole.getFileName() + ".unfinished-"));
    }

    private static boolean isEmptyDirectory(final Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.findAny().isEmpty();
        }
    }

    /** @param name of a file, without a path. */
    public void write(final String name, final String text) throws IOException {
        Files.writeString(unfinished.resolve(name), text);
    }

    /**
     * Rows as RFC 4180 says, behind one of their names: UTF-8, comma, CRLF, quoted where it is needed. Each row is an array. The caller closes
     * it before the commit.
     */
    public CsvGenerator csv(final String name, final List<String> columns) throws IOException {
        final CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
        columns.forEach(schema::addColumn);
        final CsvGenerator csv = CSV.createGenerator(Files.newBufferedWriter(unfinished.resolve(name)));
        csv.enable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        csv.setSchema(schema.build());
        csv.writeStartArray();
        for (final String column : columns) {
            csv.writeString(column);
        }
        csv.writeEndArray();
        return csv;
    }

    /** Makes the files durable and the report appear; only its owner may read it. */
    public void commit() throws IOException {
        try (Stream<Path> files = Files.list(unfinished)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                force(file, StandardOpenOption.WRITE);
            }
        }
        force(unfinished, StandardOpenOption.READ);
        try {
            Files.deleteIfExists(target);
        } catch (final DirectoryNotEmptyException e) {
            throw new IOException(target + " was filled by somebody else meanwhile; name a new directory", e);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        force(target.getParent(), StandardOpenOption.READ);
    }

    private static void force(final Path path, final OpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(unfinished)) {
            return;
        }
        final List<Path> left;
        try (Stream<Path> walk = Files.walk(unfinished)) {
            left = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : left) {
            Files.delete(path);
        }
    }
}
