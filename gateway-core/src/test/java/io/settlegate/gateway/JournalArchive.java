package io.settlegate.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A journal as one file among the test's resources, without keys. {@code -Dsettlegate.journal.write=true} writes it anew, which is done
 * when the rules' version rises, and at no other time.
 */
final class JournalArchive {
    private static final Path RESOURCES = Path.of("src", "test", "resources", "journals");
    private static final String JOURNAL = "journal";
    private static final int BLOCK_LENGTH = 4096;

    private JournalArchive() {}

    /** Stores the journal of a data directory under a name, if this run was asked to. */
    static void writeIfAsked(final Path data, final String name) throws IOException {
        if (!Boolean.getBoolean("settlegate.journal.write")) {
            return;
        }
        Files.createDirectories(RESOURCES);
        try (OutputStream file = Files.newOutputStream(RESOURCES.resolve(name));
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> paths = Files.walk(data.resolve(JOURNAL))) {
            final List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
            for (final Path path : files) {
                zip.putNextEntry(new ZipEntry(data.relativize(path).toString()));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }

    /** Puts the stored journal into an empty data directory. Blocks of zeros become holes, as the journal's own files have them. */
    static void extract(final String name, final Path data) throws IOException {
        try (InputStream resource = JournalArchive.class.getResourceAsStream("/journals/" + name);
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                final Path path = data.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                extract(zip, path);
            }
        }
    }

    private static void extract(final InputStream in, final Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            final byte[] block = new byte[BLOCK_LENGTH];
            long position = 0;
            for (int read = in.readNBytes(block, 0, BLOCK_LENGTH);
                    read > 0;
                    read = in.readNBytes(block, 0, BLOCK_LENGTH)) {
                if (!isZero(block, read)) {
                    file.seek(position);
                    file.write(block, 0, read);
                }
                position += read;
            }
            file.setLength(position);
        }
    }

    private static boolean isZero(final byte[] block, final int length) {
        for (int i = 0; i < length; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
