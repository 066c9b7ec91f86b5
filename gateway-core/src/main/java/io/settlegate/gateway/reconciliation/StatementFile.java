package io.settlegate.gateway.reconciliation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipFile;

/** The text of a hospital's or the bureau's file: the file itself, or, where its name ends with .zip, the only file in it. */
final class StatementFile {
    private StatementFile() {}

    /**
     * The caller closes it. Memory does not grow with the length.
     *
     * @throws IOException if it cannot be read, or a zip does not hold one file.
     */
    static InputStream open(final Path file) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            return Files.newInputStream(file);
        }
        final ZipFile zip = new ZipFile(file.toFile());
        try {
            if (zip.size() != 1 || zip.entries().nextElement().isDirectory()) {
                throw new IOException(
                        file + " holds " + zip.size() + " files; zip the one file that is to be compared");
            }
            return new FilterInputStream(zip.getInputStream(zip.entries().nextElement())) {
                @Override
                public void close() throws IOException {
                    zip.close();
                }
            };
        } catch (final IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }
}
