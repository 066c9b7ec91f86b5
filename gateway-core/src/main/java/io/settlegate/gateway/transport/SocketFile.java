package io.settlegate.gateway.transport;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a Unix socket: what a killed process left behind is removed, what anybody still uses is not.
 *
 * <p>Boot thread. Blocks on the file system.
 */
final class SocketFile {
    private final Path path;

    SocketFile(final Path path) {
        this.path = path;
    }

    /** Makes way for a new socket. @throws IOException if a live socket or another kind of file stands there. */
    void clear() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        final BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isOther()) {
            throw new IOException(path + " is no socket; remove it, or name another path for operators");
        }
        if (isAlive()) {
            throw new IOException(
                    "another process listens on " + path + "; stop it, or name another path for operators");
        }
        Files.delete(path);
    }

    private boolean isAlive() {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (final IOException e) {
            return false;
        }
    }

    /** Lets only the gateway's own user connect. */
    void guard() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
