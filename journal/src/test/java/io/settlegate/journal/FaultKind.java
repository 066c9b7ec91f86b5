package io.settlegate.journal;

import io.settlegate.journal.store.StoreDamage;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** What may happen to a journal. */
enum FaultKind {
    SHORT_WRITE(Trace.PLAIN, faulted -> faulted.write(FaultHistory.Fault.SHORT_WRITE, FaultHistory.End.KILLED)),
    SHORT_WRITE_AND_POWER_CUT(
            Trace.PLAIN, faulted -> faulted.write(FaultHistory.Fault.SHORT_WRITE, FaultHistory.End.POWER_CUT)),
    FAILED_FORCE(Trace.PLAIN, faulted -> faulted.write(FaultHistory.Fault.FAILED_FORCE, FaultHistory.End.KILLED)),
    FAILED_FORCE_AND_POWER_CUT(
            Trace.PLAIN, faulted -> faulted.write(FaultHistory.Fault.FAILED_FORCE, FaultHistory.End.POWER_CUT)),
    POWER_CUT(Trace.PLAIN, faulted -> faulted.write(FaultHistory.Fault.NONE, FaultHistory.End.POWER_CUT)),
    DISK_FULL(Trace.PLAIN, faulted -> faulted.write(FaultHistory.Fault.DISK_FULL, FaultHistory.End.KILLED)),
    DISK_FULL_AND_POWER_CUT(
            Trace.PLAIN, faulted -> faulted.write(FaultHistory.Fault.DISK_FULL, FaultHistory.End.POWER_CUT)),
    STALE_LOCK(Trace.PLAIN, Faulted::leaveLock),
    BIT_FLIP(Trace.PLAIN, faulted -> faulted.damage().flip(1)),
    SOME_BIT_FLIPS(Trace.PLAIN, faulted -> faulted.damage().flip(5)),
    ZEROED_SECTOR(Trace.NOTHING_LEFT, faulted -> faulted.damage().zero(512)),
    ZEROED_PAGE(Trace.NOTHING_LEFT, faulted -> faulted.damage().zero(4096)),
    TRUNCATED_FILE(Trace.NOTHING_LEFT, faulted -> faulted.damage().truncate()),
    MISSING_SEGMENT(Trace.NOTHING_LEFT, faulted -> faulted.damage().loseSegment()),
    MISSING_FILE(Trace.NOTHING_LEFT, faulted -> faulted.damage().loseFile()),
    SWAPPED_SEGMENTS(Trace.PLAIN, faulted -> faulted.damage().swapSegments()),
    SWAPPED_FILES(Trace.PLAIN, faulted -> faulted.damage().swapFiles()),
    DUPLICATED_RECORD(Trace.PLAIN, faulted -> faulted.damage().duplicate()),
    HEAD_NOTE_DAMAGED(Trace.PLAIN, faulted -> faulted.damage().hurtNote(HeadNote.HEAD)),
    HEAD_NOTE_MISSING(Trace.PLAIN, faulted -> faulted.damage().loseNote(HeadNote.HEAD)),
    HEAD_NOTE_FOREIGN(Trace.PLAIN, Faulted::foreignNote),
    HEAD_NOTE_OLDER(Trace.PLAIN, Faulted::olderNote),
    FORCE_FAILED_NOTE_DAMAGED(Trace.PLAIN, Faulted::hurtForceFailedNote),
    MARK_DAMAGED(Trace.PLAIN, faulted -> faulted.damage().hurtMark()),
    MARK_MISSING(Trace.PLAIN, faulted -> faulted.damage().loseMark()),
    MARK_FOREIGN(Trace.PLAIN, Faulted::foreignMark),
    ARCHIVE_NOTE_DAMAGED(Trace.PLAIN, faulted -> faulted.damage().hurtNote(ArchivedNote.NAME)),
    ARCHIVE_NOTE_MISSING(Trace.PLAIN, faulted -> faulted.damage().loseNote(ArchivedNote.NAME)),
    SNAPSHOT_BIT_FLIP(Trace.PLAIN, faulted -> faulted.damage().flipInSnapshot()),
    SNAPSHOT_INDEX_BIT_FLIP(Trace.PLAIN, faulted -> faulted.damage().flipInIndex()),
    SNAPSHOT_TRUNCATED(Trace.PLAIN, faulted -> faulted.damage().truncateSnapshot()),
    SNAPSHOT_MISSING(Trace.PLAIN, faulted -> faulted.damage().loseSnapshot()),
    SNAPSHOT_FOREIGN(Trace.PLAIN, faulted -> faulted.damage()
            .foreignSnapshot(faulted.other().store())),
    SNAPSHOT_RENAMED(Trace.PLAIN, faulted -> faulted.damage().renameSnapshot());

    /** Whether the fault may leave nothing where something was, as if it had never been written. */
    enum Trace {
        PLAIN,
        NOTHING_LEFT
    }

    private final Trace trace;
    private final Application application;

    FaultKind(final Trace trace, final Application application) {
        this.trace = trace;
        this.application = application;
    }

    /** Does it. */
    @FunctionalInterface
    private interface Application {
        String apply(Faulted faulted) throws IOException;
    }

    /** A journal, damage to its store, and a journal of the same gateway id that has nothing to do with it. */
    private record Faulted(FaultHistory history, StoreDamage damage, FaultHistory other, Random random) {
        String write(final FaultHistory.Fault fault, final FaultHistory.End end) throws IOException {
            if (history.isDamaged()) {
                return null;
            }
            history.run(fault, end);
            return history.toString();
        }

        /** The process that had the lock is no more; the lock's file, or what stands for it, is. */
        String leaveLock() {
            history.store().lock();
            history.kill();
            return "lock";
        }

        String foreignNote() throws IOException {
            history.store().writeNote(HeadNote.HEAD, other.store().readNote(HeadNote.HEAD));
            return "head note of another journal";
        }

        String foreignMark() {
            final byte[] mark = other.store().readMark();
            if (mark == null) {
                return null;
            }
            history.store().publishMark(mark);
            return "mark of another journal";
        }

        String olderNote() throws IOException {
            final List<byte[]> notes = history.earlierNotes();
            if (notes.isEmpty()) {
                return null;
            }
            history.store().writeNote(HeadNote.HEAD, notes.get(random.nextInt(notes.size())));
            return "an earlier head note";
        }

        String hurtForceFailedNote() throws IOException {
            final byte[] head = history.store().readNote(HeadNote.HEAD);
            if (head == null) {
                return null;
            }
            history.store().writeNote(HeadNote.FORCE_FAILED, head);
            return damage.hurtNote(HeadNote.FORCE_FAILED);
        }
    }

    boolean isLeavingNothing() {
        return trace == Trace.NOTHING_LEFT;
    }

    /** Applies it at a random place; answers where, or null if this journal has no such place. */
    String apply(final FaultHistory history, final FaultHistory other, final Random random) throws IOException {
        final String where =
                application.apply(new Faulted(history, new StoreDamage(history.store(), random), other, random));
        if (where != null) {
            history.damaged();
        }
        return where;
    }
}
