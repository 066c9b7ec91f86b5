package io.settlegate.journal.archive;

import io.settlegate.journal.ArchivedCut;
import io.settlegate.journal.ClosedSegment;
import io.settlegate.journal.Journal;
import io.settlegate.journal.SegmentManifest;
import io.settlegate.journal.store.PrivateFiles;
import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.SegmentDirectory;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Archives the closed segments of a journal in a directory, removes those whose archive is good, and puts them back. The gateway may be
 * running: it writes none of these segments, and a file that it has open stays readable.
 *
 * <p>One thread; blocks on the disk. Whoever calls holds the lock of the journal's snapshots, so that no snapshot goes away
 * meanwhile. Interrupted at any point, the journal is as it was or the step is complete.
 */
public final class JournalArchive {
    private final Path journal;
    private final Store store;
    private final Path directory;
    private final SegmentArchive files = new SegmentArchive();

    /**
     * @param journal its directory.
     * @param store on the same directory.
     * @param directory of the archives.
     */
    public JournalArchive(final Path journal, final Store store, final Path directory) {
        this.journal = journal;
        this.store = store;
        this.directory = directory;
    }

    /** Archives a segment and reads the archive back. Where there is a good archive of it already, that one is answered. */
    public SegmentManifest archive(final ClosedSegment segment) throws IOException {
        SegmentDirectory.createForced(directory);
        final Path manifestFile = directory.resolve(SegmentManifest.nameOf(segment.segment()));
        if (Files.exists(manifestFile)) {
            final SegmentManifest manifest = verified(segment.segment());
            requireSame(manifest);
            return manifest;
        }
        final String name = String.format("segment-%08d.sga", segment.segment());
        final Path beside = directory.resolve(name + ".new");
        final List<SegmentManifest.Item> written =
                files.write(SegmentDirectory.files(SegmentDirectory.of(journal, segment.segment())), beside);
        requireSame(written, files.read(beside, null), beside);
        final SegmentManifest.Item archive = files.itemOf(beside);
        Files.move(
                beside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        final SegmentManifest manifest = new SegmentManifest(
                Journal.genesisOf(store).gatewayId(),
                segment.segment(),
                segment.firstSequence(),
                segment.lastSequence(),
                segment.firstSeal(),
                segment.lastSeal(),
                segment.lastSealHash(),
                segment.endTimeMs(),
                new SegmentManifest.Item(name, archive.length(), archive.hash()),
                written);
        replace(manifestFile, manifest.encode());
        return manifest;
    }

    private static void replace(final Path file, final byte[] content) throws IOException {
        final Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = PrivateFiles.create(beside)) {
            final ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        SegmentDirectory.forceNames(file.getParent());
    }

    /** Reads an archive and compares it with its manifest. */
    public SegmentManifest verified(final int segment) throws IOException {
        final Path file = directory.resolve(SegmentManifest.nameOf(segment));
        if (!Files.exists(file)) {
            throw new ArchiveException("segment " + segment + " has no archive in " + directory
                    + "; make one with `journal archive`, or name the directory that has it");
        }
        final SegmentManifest manifest = SegmentManifest.decode(Files.readAllBytes(file));
        if (manifest == null || manifest.segment() != segment) {
            throw new ArchiveException(
                    file + " is no manifest of segment " + segment + ", or was changed; remove it and"
                            + " archive again while the segment is there, or bring another copy of the archive");
        }
        final String gatewayId = Journal.genesisOf(store).gatewayId();
        if (!manifest.gatewayId().equals(gatewayId)) {
            throw new ArchiveException(
                    file + " is of gateway '" + manifest.gatewayId() + "', and this journal is of '" + gatewayId + "'");
        }
        final Path archive = directory.resolve(manifest.archive().name());
        try {
            requireSame(List.of(manifest.archive()), List.of(files.itemOf(archive)), archive);
            requireSame(manifest.files(), files.read(archive, null), archive);
        } catch (final IOException e) {
            throw new ArchiveException(archive + " is damaged (" + e.getMessage() + "); remove it with its manifest and"
                    + " archive again while the segment is there, or bring another copy");
        }
        return manifest;
    }

    private void requireSame(final SegmentManifest manifest) throws IOException {
        final Path segment = SegmentDirectory.of(journal, manifest.segment());
        final List<SegmentManifest.Item> present = new ArrayList<>();
        for (final Path file : SegmentDirectory.files(segment)) {
            present.add(files.itemOf(file));
        }
        requireSame(manifest.files(), present, segment);
    }

    private static void requireSame(
            final List<SegmentManifest.Item> wanted, final List<SegmentManifest.Item> present, final Path where) {
        boolean isSame = wanted.size() == present.size();
        for (int i = 0; isSame && i < wanted.size(); i++) {
            final SegmentManifest.Item one = wanted.get(i);
            final SegmentManifest.Item other = present.get(i);
            isSame = one.name().equals(other.name())
                    && one.length() == other.length()
                    && Arrays.equals(one.hash(), other.hash());
        }
        if (!isSame) {
            throw new ArchiveException(
                    "the files in " + where + " are not those of the manifest; nothing was removed; run"
                            + " journal verify, and archive again into another directory");
        }
    }

    /**
     * Removes segments from the oldest on: each must have an archive, which is read and compared with the segment first.
     *
     * @param segments oldest first, without a gap, the first being the oldest that is there.
     * @param snapshotSequence of a good snapshot that holds all their records.
     */
    public void remove(final List<ClosedSegment> segments, final long snapshotSequence) throws IOException {
        SegmentDirectory.deleteLeftovers(journal);
        checkOldest(segments, snapshotSequence);
        final List<SegmentManifest> manifests = new ArrayList<>();
        for (final ClosedSegment segment : segments) {
            final SegmentManifest manifest = verified(segment.segment());
            requireSame(manifest);
            manifests.add(manifest);
        }
        for (final SegmentManifest manifest : manifests) {
            store.writeNote(ArchivedCut.noteOf(manifest.segment()), manifest.encode());
        }
        ArchivedCut.write(
                store,
                new SealHashFile(journal),
                segments.get(segments.size() - 1).next(),
                snapshotSequence);
        // The oldest first: what is left by a removal that is broken off then hangs on the chain, and the next run
        // takes it.
        for (final ClosedSegment segment : segments) {
            SegmentDirectory.remove(journal, segment.segment());
        }
    }

    private void checkOldest(final List<ClosedSegment> segments, final long snapshotSequence) {
        final List<ClosedSegment> closed = ClosedSegment.of(store);
        for (int i = 0; i < segments.size(); i++) {
            if (i >= closed.size() || closed.get(i).segment() != segments.get(i).segment()) {
                throw new ArchiveException("segments are removed from the oldest on, and segment "
                        + segments.get(i).segment() + " is not next: "
                        + (i < closed.size()
                                ? "that is segment " + closed.get(i).segment()
                                : "none is"));
            }
            if (segments.get(i).lastSequence() > snapshotSequence) {
                throw new ArchiveException("no snapshot holds the records of segment "
                        + segments.get(i).segment() + "; make one with `journal snapshot` first");
            }
        }
    }

    /** Puts a segment back: the one just before the oldest that is there, so that the journal has no gap. */
    public SegmentManifest restore(final int segment) throws IOException {
        SegmentDirectory.deleteLeftovers(journal);
        if (store.segments().contains(segment)) {
            throw new ArchiveException("segment " + segment + " is in the journal; nothing is overwritten");
        }
        final SegmentManifest manifest = verified(segment);
        final List<ClosedSegment> closed = ClosedSegment.of(store);
        final long firstSeal =
                closed.isEmpty() ? ArchivedCut.sealCount(store) : closed.get(0).firstSeal();
        if (manifest.lastSeal() + 1 != firstSeal) {
            throw new ArchiveException("segment " + segment + " ends with seal " + manifest.lastSeal()
                    + " and the journal here begins with seal " + firstSeal
                    + ": put back the segments between them too, all with one command");
        }
        final Path arriving = SegmentDirectory.beginArrival(journal, segment);
        requireSame(
                manifest.files(),
                files.read(directory.resolve(manifest.archive().name()), arriving),
                arriving);
        SegmentDirectory.completeArrival(journal, segment, arriving);
        // Read as a part of the journal: the chain has to lead into it.
        final boolean isNamed = ClosedSegment.of(store).stream()
                .anyMatch(each ->
                        each.segment() == segment && Arrays.equals(each.lastSealHash(), manifest.lastSealHash()));
        if (!isNamed) {
            throw new ArchiveException("segment " + segment
                    + " was put back and is not the one that this journal names; move it away, and run journal verify");
        }
        return manifest;
    }
}
