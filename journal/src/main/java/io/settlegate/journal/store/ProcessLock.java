package io.settlegate.journal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A locked file. The kernel's lock decides between processes, and goes with its process: a file that a dead one left blocks
 * nobody. Within this process a set of paths decides, and a file that is held here is never opened a second time, because the
 * kernel takes a process's lock away when the process closes any channel on the file.
 *
 * <p>The holder writes into the file who it is, for the message of whoever comes second; nothing else is made of it.
 *
 * <p>Any thread; blocks on the disk.
 */
final class ProcessLock implements StoreLock {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final int MAX_LENGTH = 200;

    private final Path key;
    private final FileChannel channel;

    private ProcessLock(final Path key, final FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Locks a file, which is made if it is not there; null if somebody has it. Its directory must exist. */
    static synchronized StoreLock tryLock(final Path path) throws IOException {
        final Path key = keyOf(path);
        if (!HELD.add(key)) {
            return null;
        }
        FileChannel channel = null;
        boolean isLocked = false;
        try {
            channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            isLocked = channel.tryLock() != null;
            if (isLocked) {
                noteThisProcess(channel);
            }
            return isLocked ? new ProcessLock(key, channel) : null;
        } finally {
            if (!isLocked) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(key);
            }
        }
    }

    private static Path keyOf(final Path path) throws IOException {
        return path.toAbsolutePath().getParent().toRealPath().resolve(path.getFileName());
    }

    private static void noteThisProcess(final FileChannel channel) {
        final ProcessHandle process = ProcessHandle.current();
        final String line = "process " + process.pid() + " since "
                + process.info().startInstant().map(Instant::toString).orElse("an unknown time");
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (final IOException e) {
            // A full disk has its lock all the same; nobody needs the line but a message.
        }
    }

    /** Who holds a lock, as a part of a sentence; empty if it left no word. */
    static synchronized String holderOf(final Path path) {
        try {
            if (HELD.contains(keyOf(path))) {
                return " (this process)";
            }
            final String line = Files.readString(path, StandardCharsets.US_ASCII);
            return line.startsWith("process ") && line.length() <= MAX_LENGTH ? " (" + line + ')' : "";
        } catch (final IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isOpen()) {
                channel.close();
                HELD.remove(key);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
