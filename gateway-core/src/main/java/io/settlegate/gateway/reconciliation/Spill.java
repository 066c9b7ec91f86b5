package io.settlegate.gateway.reconciliation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.bouncycastle.crypto.macs.SipHash;

/**
 * Groups in as many files as there are partitions, by the keyed hash of a key: groups of one key are in one file. First all is written, then
 * one partition after the other is read, and its file removed. A partition that holds too much can be split: read into another spill under
 * another hash.
 *
 * <p>One thread; blocks on the disk. Memory: a buffer for each partition while it is written.
 */
final class Spill implements Closeable {
    private static final int WRITE_BUFFER = 16 << 10;
    private static final int READ_BUFFER = 256 << 10;
    private static final int SPLIT = 16;

    private final SpillDirectory directory;
    private final String name;
    private final int partitions;
    private final SpillKey hashKey;
    private final SipHash hash;
    private final DataOutputStream[] out;
    private final long[] counts;
    private final RowCodec codec = new RowCodec();

    Spill(final SpillDirectory directory, final String name, final int partitions, final SpillKey hashKey) {
        this.directory = directory;
        this.name = name;
        this.partitions = partitions;
        this.hashKey = hashKey;
        this.hash = hashKey.newHash();
        this.out = new DataOutputStream[partitions];
        this.counts = new long[partitions];
    }

    /** An empty one for what a partition of this one holds. */
    Spill forPartsOf(final int partition) {
        return new Spill(directory, name + "-" + partition, SPLIT, hashKey.next());
    }

    int partitions() {
        return partitions;
    }

    /** How many groups were added to a partition. */
    long count(final int partition) {
        return counts[partition];
    }

    void add(final String key, final Group group) throws IOException {
        final byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
        hash.update(bytes, 0, bytes.length);
        // Begins anew afterwards.
        final int partition = (int) (((hash.doFinal() >>> Integer.SIZE) * partitions) >>> Integer.SIZE);
        counts[partition]++;
        if (out[partition] == null) {
            out[partition] = new DataOutputStream(new BufferedOutputStream(
                    Files.newOutputStream(
                            Files.createFile(
                                    file(partition),
                                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                            StandardOpenOption.WRITE),
                    WRITE_BUFFER));
        }
        RowCodec.write(out[partition], group);
    }

    private Path file(final int partition) {
        return directory.path().resolve(name + "-" + partition);
    }

    /** Is given each group. */
    @FunctionalInterface
    interface Taker {
        void take(Group group) throws IOException;
    }

    /** Reads a partition and removes it. No group may be added any more. */
    void drain(final int partition, final Taker taker) throws IOException {
        close();
        final Path file = file(partition);
        if (!Files.exists(file)) {
            return;
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), READ_BUFFER))) {
            for (Group group = codec.read(in); group != null; group = codec.read(in)) {
                taker.take(group);
            }
        }
        Files.delete(file);
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < partitions; i++) {
            if (out[i] != null) {
                out[i].close();
                out[i] = null;
            }
        }
    }
}
