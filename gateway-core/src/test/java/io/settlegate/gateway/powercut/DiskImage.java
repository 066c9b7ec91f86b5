package io.settlegate.gateway.powercut;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the disk is known to hold, as a log of changed pages that outlives the process: each {@link #capture} appends one entry,
 * complete or not at all. Written by the gateway process, read by the test after it killed that process.
 */
final class DiskImage {
    static final int PAGE_LENGTH = 4096;
    private static final int MAGIC = 0x494d4147;

    private final Path root;
    private final OutputStream log;
    private final Map<String, byte[]> known = new HashMap<>();

    /** @param log must not lie below {@code root}. */
    DiskImage(final Path root, final Path log) throws IOException {
        this.root = root;
        this.log = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** The disk now holds these files as they stand. */
    synchronized void capture(final Iterable<Path> files) throws IOException {
        final ByteArrayOutputStream entry = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(entry);
        for (final Path file : files) {
            captureFile(out, root.relativize(file).toString(), Files.readAllBytes(file));
        }
        append(entry.toByteArray());
    }

    /** The disk now no longer holds this file. */
    synchronized void captureDeletion(final Path file) throws IOException {
        final String name = root.relativize(file).toString();
        known.remove(name);
        final ByteArrayOutputStream entry = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(entry);
        out.writeUTF(name);
        out.writeInt(-1);
        append(entry.toByteArray());
    }

    private void captureFile(final DataOutputStream out, final String name, final byte[] content) throws IOException {
        final byte[] before = known.getOrDefault(name, new byte[0]);
        out.writeUTF(name);
        out.writeInt(content.length);
        for (int offset = 0; offset < content.length; offset += PAGE_LENGTH) {
            final int end = Math.min(content.length, offset + PAGE_LENGTH);
            if (end > before.length || !Arrays.equals(before, offset, end, content, offset, end)) {
                out.writeInt(offset);
                out.writeInt(end - offset);
                out.write(content, offset, end - offset);
            }
        }
        out.writeInt(-1);
        known.put(name, content);
    }

    private void append(final byte[] entry) throws IOException {
        final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(whole);
        out.writeInt(entry.length);
        out.write(entry);
        out.writeInt(MAGIC);
        log.write(whole.toByteArray());
        log.flush();
    }

    /** The files as of the last complete entry, by their path below the root. */
    static Map<String, byte[]> read(final Path log) throws IOException {
        final Map<String, byte[]> files = new HashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(log)))) {
            while (true) {
                final byte[] entry = new byte[in.readInt()];
                in.readFully(entry);
                if (in.readInt() != MAGIC) {
                    throw new IOException("the image log is damaged");
                }
                apply(files, entry);
            }
        } catch (final EOFException e) {
            return files;
        }
    }

    private static void apply(final Map<String, byte[]> files, final byte[] entry) throws IOException {
        final DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(entry));
        while (in.available() > 0) {
            final String name = in.readUTF();
            final int length = in.readInt();
            if (length < 0) {
                files.remove(name);
                continue;
            }
            final byte[] content = Arrays.copyOf(files.getOrDefault(name, new byte[0]), length);
            for (int offset = in.readInt(); offset >= 0; offset = in.readInt()) {
                in.readFully(content, offset, in.readInt());
            }
            files.put(name, content);
        }
    }
}
