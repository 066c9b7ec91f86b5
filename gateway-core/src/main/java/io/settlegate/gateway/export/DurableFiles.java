package io.settlegate.gateway.export;

import io.settlegate.journal.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, also after a power cut. Stateless; blocks on the disk. */
final class DurableFiles {
    /** Ends the names of files that do not count yet. */
    static final String UNFINISHED = ".writing";

    private DurableFiles() {}

    /** Replaces a file: written beside, forced, renamed. */
    static void write(final Path file, final byte[] content) throws IOException {
        final Path beside = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel channel = PrivateFiles.create(beside)) {
            final ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        rename(beside, file);
        forceDirectory(file.getParent());
    }

    /** The directory has still to be forced. */
    static void rename(final Path from, final Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** After this the names in a directory are those that a power cut leaves. */
    static void forceDirectory(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
