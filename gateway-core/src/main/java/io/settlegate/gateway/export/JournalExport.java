package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.journal.ArchivedEnd;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordArchivedException;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.receipt.Seal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Writes a journal as rows, from where the last run ended up to the durable mark, each record exactly once.
 *
 * <p>One thread; blocks on the disk. Holds one batch of the journal and no part of it longer than its buffers.
 */
public final class JournalExport implements Closeable {
    private final JournalFollower follower;
    private final Options options;
    private final ExportDirectory directory;
    private final long firstSequence;
    private final RecordParts parts = new RecordParts();

    /**
     * What is exported, and how.
     *
     * @param target directory.
     * @param format of the files.
     * @param kinds of rows.
     * @param partRecords after so many records of the journal a part ends, at the next seal.
     * @param partSeconds after so long a part ends where an export follows a gateway.
     * @param unmasked YES where persons shall stand in clear.
     */
    public record Options(
            Path target,
            ExportFormat format,
            Set<ExportKind> kinds,
            int partRecords,
            int partSeconds,
            Unmasked unmasked) {
        /** Whether persons stand in clear. */
        public enum Unmasked {
            NO,
            YES
        }

        public Options {
            if (kinds.isEmpty() || partRecords < 1 || partSeconds < 1) {
                throw new IllegalArgumentException("an export has a kind, and parts of at least one record and second");
            }
            kinds = Set.copyOf(kinds);
        }
    }

    /** Asked between batches, and when there is no more for now. */
    public interface Pace {
        boolean isEndWanted();

        /** Waits a moment for more; false if the export is to end. */
        boolean rest();
    }

    private JournalExport(
            final JournalFollower follower,
            final Options options,
            final ExportDirectory directory,
            final long firstSequence) {
        this.follower = follower;
        this.options = options;
        this.directory = directory;
        this.firstSequence = firstSequence;
    }

    /**
     * Opens the target and looks whether it can go on there.
     *
     * <p>A new export begins with the first record that is there; one that goes on may not leave out what was archived meanwhile.
     *
     * @throws IOException if it is of another journal, schema, or export, in use, or this journal does not hold any more what
     *     was exported last, or what would be exported next.
     */
    public static JournalExport open(final JournalFollower follower, final Options options) throws IOException {
        final ExportManifest manifest = new ExportManifest(
                follower.genesis(),
                follower.firstSequence(),
                options.format(),
                options.kinds(),
                options.unmasked() == Options.Unmasked.NO);
        final ExportDirectory directory = ExportDirectory.open(options.target(), options.format(), manifest);
        final JournalExport export = new JournalExport(follower, options, directory, manifest.firstSequence());
        try {
            export.checkStands();
        } catch (final IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
        return export;
    }

    private void checkStands() throws IOException {
        final ExportState state = directory.state();
        checkNextIsThere();
        if (state.isNothing()) {
            return;
        }
        final ArchivedEnd archived = follower.archivedEnd();
        if (archived != null && archived.lastSequence() == state.lastSequence()) {
            // The seal itself is archived; the first segment that is there names it.
            checkSeal(archived.lastSequence(), archived.sealNumber(), archived.sealHash());
            return;
        }
        final long last = follower.lastSequence();
        follower.seek(state.lastSequence());
        if (last < state.lastSequence() || !follower.nextBatch()) {
            throw new IOException("this journal ends at record " + last + ", and records up to " + state.lastSequence()
                    + " were exported: it is an older copy, or lost its end. Find out which before anything is exported;"
                    + " rows that are in no journal any more must be taken back where they were loaded");
        }
        final Seal seal = follower.seal();
        checkSeal(seal.lastSequence(), seal.sealNumber(), seal.hash());
    }

    private void checkNextIsThere() throws IOException {
        final long next = nextSequence();
        if (next >= follower.firstSequence()) {
            return;
        }
        try {
            follower.seek(next);
        } catch (final RecordArchivedException e) {
            throw new IOException(
                    "this export goes on with record " + next + ", and the journal begins with record "
                            + follower.firstSequence() + ": " + e.getMessage()
                            + ", and run the export again; or export to a new directory, which begins with record "
                            + follower.firstSequence(),
                    e);
        }
    }

    private void checkSeal(final long lastSequence, final long sealNumber, final byte[] sealHash) throws IOException {
        final ExportState state = directory.state();
        if (lastSequence != state.lastSequence()
                || sealNumber != state.sealNumber()
                || !HexFormat.of().formatHex(sealHash).equals(state.sealHash())) {
            throw new IOException(
                    "seal " + state.sealNumber() + " over record " + state.lastSequence()
                            + ", up to which was exported, is another one in this journal: its history was changed, or it was"
                            + " restored and went on otherwise. `settlegate journal verify` looks at it; export to a new directory");
        }
    }

    /** The first record of the whole export: 0, unless the journal's first records were archived when it began. */
    public long firstSequence() {
        return firstSequence;
    }

    /** The first record of this run. */
    public long nextSequence() {
        return directory.state().nextSequence();
    }

    /** Rows of all runs so far. */
    public Map<ExportKind, Long> rowCounts() {
        return directory.state().rowCounts();
    }

    /** Exports what is durable up to a record. Ends early, after a whole part, if that is wanted. */
    public void run(final Masking masking, final Pace pace, final long lastSequence) throws IOException {
        run(masking, pace, lastSequence, Reach.NOW);
    }

    /** Exports what is durable and what comes, until the end is wanted. */
    public void follow(final Masking masking, final Pace pace) throws IOException {
        run(masking, pace, Long.MAX_VALUE, Reach.FOLLOW);
    }

    private enum Reach {
        NOW,
        FOLLOW
    }

    private void run(final Masking masking, final Pace pace, final long last, final Reach reach) throws IOException {
        if (masking.isLifted() != (options.unmasked() == Options.Unmasked.YES)) {
            throw new IllegalArgumentException("the masking is not that of the manifest");
        }
        follower.seek(nextSequence());
        ExportPart part = null;
        try {
            boolean isOpen = nextSequence() <= last;
            while (isOpen) {
                if (follower.nextBatch()) {
                    part = part == null ? newPart(masking) : part;
                    addBatch(part);
                    isOpen = follower.seal().lastSequence() < last && !pace.isEndWanted();
                } else {
                    isOpen = reach == Reach.FOLLOW && pace.rest();
                }
                if (part != null && (!isOpen || isFull(part, reach))) {
                    part.commit();
                    part = null;
                }
            }
        } finally {
            if (part != null) {
                part.close();
            }
        }
    }

    private ExportPart newPart(final Masking masking) throws IOException {
        return new ExportPart(directory, options.format(), EnumSet.copyOf(options.kinds()), nextSequence(), masking);
    }

    /** Only a part that waits for more ends by its age: else the parts' bounds would depend on the machine. */
    private boolean isFull(final ExportPart part, final Reach reach) {
        return part.recordCount() >= options.partRecords()
                || (reach == Reach.FOLLOW && part.ageNs() >= TimeUnit.SECONDS.toNanos(options.partSeconds()));
    }

    private void addBatch(final ExportPart part) throws IOException {
        for (int i = 0; i < follower.count(); i++) {
            final RecordView record = follower.get(i);
            if (parts.wrap(record)) {
                part.add(parts);
            }
        }
        part.endBatch(follower.seal());
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
