package io.settlegate.journal.backup;

import io.settlegate.journal.ArchivedCut;
import io.settlegate.journal.CopiedHead;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.SnapshotCheck;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.PrivateFiles;
import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.SegmentCopy;
import io.settlegate.journal.store.SnapshotFiles;
import io.settlegate.journal.store.SnapshotTarget;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.journal.store.StoreLock;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies a journal, also while it is written, up to its durable mark. What an earlier copy into the same directory has is not
 * copied again. The bytes are forced and checked before the copy's head moves on to them, so whatever ends a copy leaves the
 * one before it good.
 *
 * <p>One thread; blocks on the disk; takes the lock of the copy, and none of the source. Refuses where the copy holds what the
 * source does not: then one of them was rewritten, or they are of two gateways.
 */
public final class JournalCopy {
    private static final String SET_ASIDE = "set-aside";
    private static final int SNAPSHOT_CHUNK_LENGTH = 1 << 20;

    private final Path sourceDirectory;
    private final Path targetDirectory;
    private final CopyProgress progress;
    private final SegmentCopy segments;
    private final List<SnapshotCheck> leftOut = new ArrayList<>();
    private long copiedLength;
    private int segmentCount;

    private JournalCopy(final Path sourceDirectory, final Path targetDirectory, final CopyProgress progress) {
        this.sourceDirectory = sourceDirectory;
        this.targetDirectory = targetDirectory;
        this.progress = progress;
        this.segments = new SegmentCopy(targetDirectory, this::copied);
    }

    private void copied(final long length) {
        copiedLength += length;
        progress.at(CopyProgress.Step.COPY, copiedLength);
    }

    /**
     * Copies one journal directory into another.
     *
     * @throws CopyRefusedException if the copy cannot be carried on with this source.
     * @throws io.settlegate.journal.JournalException if the source is damaged, or what was copied is not what it must be.
     * @throws IOException if a disk refuses.
     */
    public static CopyReport copy(final Path source, final Path target, final CopyProgress progress)
            throws IOException {
        try (Store from = ChronicleStore.in(source);
                Store to = ChronicleStore.in(target)) {
            if (from.segments().isEmpty()) {
                throw new CopyRefusedException("there is no journal in " + source);
            }
            final StoreLock lock = to.lock();
            try {
                return new JournalCopy(source, target, progress).run(from, to);
            } finally {
                lock.close();
            }
        }
    }

    private CopyReport run(final Store source, final Store target) throws IOException {
        final CopiedHead head = CopiedHead.of(target);
        try (JournalFollower follower = JournalFollower.open(source)) {
            final Place place = head == null ? new Place(-1, 0) : placeAfter(head, follower, target);
            final CopyReport report = copyFrom(place, head, follower, source);
            copySetAside();
            copyArchived(source, target);
            copySnapshots(source.snapshots(), target, report.last().lastSequence());
            progress.at(CopyProgress.Step.CHECK, copiedLength);
            CopiedHead.advance(target, head, report.last(), follower.segment());
            return new CopyReport(report.before(), report.last(), segmentCount, copiedLength, List.copyOf(leftOut));
        }
    }

    /** Where the copying goes on: a segment, -1 before the first, and a position in it. */
    private record Place(int segment, long position) {}

    /** Finds the copy's last seal in the source. */
    private Place placeAfter(final CopiedHead head, final JournalFollower follower, final Store target) {
        try (JournalFollower copied = JournalFollower.open(target)) {
            if (!isSame(copied.genesis(), follower.genesis())) {
                throw new CopyRefusedException(targetDirectory + " is the copy of another journal, of gateway '"
                        + copied.genesis().gatewayId() + "'; name another directory");
            }
        }
        final Seal seal = head.seal();
        if (follower.lastSequence() < seal.lastSequence()) {
            throw new CopyRefusedException("the copy in " + targetDirectory + " goes to record " + seal.lastSequence()
                    + " and the journal in " + sourceDirectory + " only to record " + follower.lastSequence()
                    + ": it was put back from an older copy, or it lost records; keep this copy, and copy into another"
                    + " directory");
        }
        follower.seek(seal.lastSequence());
        if (!follower.nextBatch() || !Arrays.equals(follower.seal().bytes(), seal.bytes())) {
            throw new CopyRefusedException("the copy in " + targetDirectory + " holds " + seal
                    + " and the journal in " + sourceDirectory
                    + " has another one of that number: one of them was put back from an older copy and went on; keep this"
                    + " copy, and copy into another directory");
        }
        if (follower.segment() == head.segment() && follower.position() == head.position()) {
            return new Place(head.segment(), head.position());
        }
        if (follower.segment() <= head.segment()) {
            throw new CopyRefusedException("the copy in " + targetDirectory + " has " + seal
                    + " at another place than the journal in " + sourceDirectory + "; copy into another directory");
        }
        // After a failed force the journal has the same batches once more, in a later segment.
        return new Place(follower.segment(), 0);
    }

    private static boolean isSame(final Genesis one, final Genesis other) {
        return one.gatewayId().equals(other.gatewayId())
                && one.gatewayKey().equals(other.gatewayKey())
                && one.timeMs() == other.timeMs();
    }

    private CopyReport copyFrom(
            final Place place, final CopiedHead head, final JournalFollower follower, final Store source)
            throws IOException {
        final long limit = follower.lastSequence();
        int segment = place.segment();
        long from = place.position();
        long to = head == null ? 0 : follower.position();
        Seal last = head == null ? null : head.seal();
        while ((last == null || last.lastSequence() < limit) && follower.nextBatch()) {
            if (follower.segment() != segment) {
                copySegment(source, segment, from, to);
                segment = follower.segment();
                from = 0;
            }
            to = follower.position();
            last = follower.seal();
        }
        if (last == null) {
            throw new CopyRefusedException("the journal in " + sourceDirectory + " has no durable seal yet");
        }
        copySegment(source, segment, from, to);
        return new CopyReport(head == null ? null : head.seal(), last, segmentCount, copiedLength, List.of());
    }

    private void copySegment(final Store source, final int segment, final long from, final long to) throws IOException {
        if (segment >= 0 && to > from) {
            segments.copy(source, segment, from, to);
            segmentCount++;
        }
    }

    /** What stays of removed segments: hashes and notices first, then the note that lets them be missing. */
    private void copyArchived(final Store source, final Store target) throws IOException {
        final SealHashFile hashes = new SealHashFile(sourceDirectory);
        if (ArchivedCut.sealCount(source) == 0) {
            return;
        }
        final byte[] content = Files.readAllBytes(hashes.path());
        final Path copy = new SealHashFile(targetDirectory).path();
        if (!Files.exists(copy) || !Arrays.equals(Files.readAllBytes(copy), content)) {
            write(targetDirectory, copy, content);
        }
        for (final String name : ArchivedCut.noteNames(source)) {
            final byte[] note = source.readNote(name);
            if (note != null && !Arrays.equals(note, target.readNote(name))) {
                target.writeNote(name, note);
            }
        }
    }

    /**
     * Those that lie within the copy and are good: each is checked once it was copied. What the source has no more goes from the
     * copy too.
     */
    private void copySnapshots(final SnapshotFiles source, final Store copy, final long lastSequence)
            throws IOException {
        final SnapshotFiles target = copy.snapshots();
        final StoreLock lock = target.lock();
        try {
            final List<Long> wanted = new ArrayList<>();
            final List<Long> added = new ArrayList<>();
            for (final long sequence : source.sequences()) {
                final boolean isThere = target.sequences().contains(sequence);
                if (sequence <= lastSequence && (isThere || copySnapshot(source, target, sequence))) {
                    wanted.add(sequence);
                    if (!isThere) {
                        added.add(sequence);
                    }
                }
            }
            for (final SnapshotCheck check : CopiedHead.badSnapshots(copy, added)) {
                target.delete(check.sequence());
                wanted.remove(check.sequence());
                leftOut.add(check);
            }
            for (final long sequence : target.sequences()) {
                if (!wanted.isEmpty() && !wanted.contains(sequence)) {
                    target.delete(sequence);
                }
            }
        } finally {
            lock.close();
        }
    }

    /** Answers false if the snapshot went away meanwhile. */
    private boolean copySnapshot(final SnapshotFiles source, final SnapshotFiles target, final long sequence)
            throws IOException {
        try (SeekableByteChannel from = source.open(sequence);
                SnapshotTarget to = target.create(sequence)) {
            final ByteBuffer buffer = ByteBuffer.allocate(SNAPSHOT_CHUNK_LENGTH);
            while (from.read(buffer.clear()) >= 0) {
                copied(buffer.flip().remaining());
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.publish();
            return true;
        } catch (final StoreException e) {
            if (source.sequences().contains(sequence)) {
                throw e;
            }
            return false;
        }
    }

    /** What starts could not believe: kept with the journal, and never changed. */
    private void copySetAside() throws IOException {
        final Path source = sourceDirectory.resolve(SET_ASIDE);
        if (!Files.isDirectory(source)) {
            return;
        }
        final Path target = PrivateFiles.createDirectories(targetDirectory.resolve(SET_ASIDE));
        final List<Path> files;
        try (Stream<Path> listing = Files.list(source)) {
            files = listing.filter(file -> !file.toString().endsWith(".new")).toList();
        }
        for (final Path file : files) {
            final Path copy = target.resolve(file.getFileName());
            if (!Files.exists(copy)) {
                write(target, copy, Files.readAllBytes(file));
            }
        }
    }

    private void write(final Path directory, final Path file, final byte[] content) throws IOException {
        final Path beside = directory.resolve(file.getFileName() + ".new");
        try (FileChannel channel = PrivateFiles.create(beside)) {
            final ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        copied(content.length);
    }
}
