package io.settlegate.gateway.reconciliation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The differences as CSV, for whoever mends them. It appears whole, under its name, and never in the place of another file; only
 * its owner may read it.
 *
 * <p>One thread; blocks on the disk.
 */
final class FindingFile implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final Path file;
    private final Path beside;
    private final FileChannel channel;
    private final CsvGenerator generator;

    private FindingFile(final Path file, final Path beside, final FileChannel channel, final CsvGenerator generator) {
        this.file = file;
        this.beside = beside;
        this.channel = channel;
        this.generator = generator;
    }

    /** @throws IOException if there is a file already. */
    static FindingFile create(final Path file) throws IOException {
        if (Files.exists(file)) {
            throw isThere(file, null);
        }
        final Path beside = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName() + ".",
                ".writing",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        final FileChannel channel = FileChannel.open(beside, Set.of(StandardOpenOption.WRITE));
        final CsvGenerator generator = CsvFactory.builder()
                .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                .build()
                .createGenerator(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        final CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
        ShownFinding.COLUMNS.forEach(schema::addColumn);
        generator.setSchema(schema.build());
        final FindingFile made = new FindingFile(file, beside, channel, generator);
        made.write(ShownFinding.COLUMNS);
        return made;
    }

    private static IOException isThere(final Path file, final IOException cause) {
        return new IOException(file + " is there already and is not written over; name another file", cause);
    }

    void write(final List<String> cells) throws IOException {
        generator.writeStartArray();
        for (final String cell : cells) {
            generator.writeString(cell);
        }
        generator.writeEndArray();
    }

    /** Makes the bytes durable, gives the file its name, and makes that durable too. */
    void commit() throws IOException {
        generator.flush();
        channel.force(true);
        try {
            // A link is refused where a rename would replace.
            Files.createLink(file, beside);
        } catch (final FileAlreadyExistsException e) {
            throw isThere(file, e);
        }
        try (FileChannel directory = FileChannel.open(beside.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            generator.close();
        } finally {
            channel.close();
            Files.deleteIfExists(beside);
        }
    }
}
