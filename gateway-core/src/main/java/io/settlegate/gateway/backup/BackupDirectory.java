package io.settlegate.gateway.backup;

import io.settlegate.journal.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands where in a backup. It is laid out as a data directory, so that every command that reads one reads a backup too.
 *
 * <pre>
 * backup.txt   says that this is a backup, and of which gateway
 * journal/     the journal up to its head note
 * keys/        public keys and certificates; private keys only where they were asked for
 * </pre>
 */
public final class BackupDirectory {
    /** Which keys are copied. */
    public enum Keys {
        PUBLIC,
        ALL
    }

    private static final String MARKER_NAME = "backup.txt";
    private static final String TITLE = "settlegate backup 1";
    private static final String GATEWAY = "gateway ";

    private final Path root;

    public BackupDirectory(final Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public Path journal() {
        return root.resolve("journal");
    }

    /**
     * Makes the directory a backup of this gateway, or sees that it is one.
     *
     * @throws IOException if it is anything else: nothing is ever copied into a live data directory.
     */
    public void claim(final String gatewayId) throws IOException {
        final Path marker = root.resolve(MARKER_NAME);
        if (Files.exists(marker)) {
            final String of = gatewayId();
            if (!of.equals(gatewayId)) {
                throw new IOException(root + " is a backup of gateway '" + of + "', not of '" + gatewayId
                        + "'; name another directory");
            }
            return;
        }
        if (Files.isDirectory(root) && !isEmpty()) {
            throw new IOException(root
                    + " is not empty and holds no backup; name an empty directory, or one that an earlier backup made");
        }
        PrivateFiles.createDirectories(root);
        Files.writeString(marker, TITLE + "\n" + GATEWAY + gatewayId + "\n");
    }

    /** True if a directory is a backup, which nobody may open for writing: it would fork from the journal that it is a copy of. */
    public static boolean isBackup(final Path root) {
        return Files.exists(root.resolve(MARKER_NAME));
    }

    /** Whose backup it is. @throws IOException if it is none. */
    public String gatewayId() throws IOException {
        final Path marker = root.resolve(MARKER_NAME);
        if (!Files.exists(marker)) {
            throw new IOException(root + " holds no backup; name a directory made by `settlegate backup`");
        }
        final List<String> lines = Files.readAllLines(marker, StandardCharsets.UTF_8);
        if (lines.size() < 2 || !lines.get(0).equals(TITLE) || !lines.get(1).startsWith(GATEWAY)) {
            throw new IOException(marker + " was not written by this program, or by a later version of it");
        }
        return lines.get(1).substring(GATEWAY.length());
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> listing = Files.list(root)) {
            return listing.findAny().isEmpty();
        }
    }

    /**
     * Copies keys that are not there yet from one {@code keys} directory to another; what is there is never replaced. Private ones
     * are readable by their owner alone.
     *
     * @return names of what was copied.
     */
    public static List<String> copyKeys(final Path from, final Path to, final Keys which) throws IOException {
        final List<String> copied = new ArrayList<>();
        if (!Files.isDirectory(from)) {
            return copied;
        }
        final List<Path> files;
        try (Stream<Path> listing = Files.list(from)) {
            files = listing.filter(file -> file.toString().endsWith(".pem"))
                    .filter(file -> which == Keys.ALL || isPublic(file))
                    .sorted()
                    .toList();
        }
        Files.createDirectories(to);
        for (final Path file : files) {
            final String name = file.getFileName().toString();
            if (!Files.exists(to.resolve(name))) {
                copyKey(file, to, name);
                copied.add(name);
            }
        }
        return copied;
    }

    private static void copyKey(final Path file, final Path to, final String name) throws IOException {
        final Path beside = to.resolve(name + ".new");
        Files.deleteIfExists(beside);
        if (isPublic(file)) {
            Files.createFile(beside);
        } else {
            // Never readable by others, not even while it is written.
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(beside, Files.readAllBytes(file));
        Files.move(beside, to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isPublic(final Path file) {
        final String name = file.getFileName().toString();
        return name.endsWith(".pub.pem") || name.equals("authorities.pem");
    }
}
