package io.settlegate.journal;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Starts on a store that something happened to, and says whether that was right: everything acknowledged is there, byte for
 * byte, once, in order, and writing goes on; or the start was refused by an exception that names the place and what to do,
 * `verify` finds a damage too, and no byte was changed. All else is a failure.
 */
final class FaultJudge {
    /** What a start may come to. */
    enum Verdict {
        /** All is there. */
        STARTED,
        /** All is there, and what nobody was told of was put aside. */
        SET_ASIDE,
        /** The first records are archived, and this start needs them: refused as such. */
        ARCHIVED,
        /** Something is gone that nothing in the store speaks of: allowed only where nothing was left of it. */
        NOT_TOLD_APART,
        REFUSED
    }

    /** How a start begins. */
    enum Start {
        FROM_FOUNDING,
        FROM_SNAPSHOT
    }

    private final FaultHistory history;
    private final UnaryOperator<Store> wrapper;
    private final boolean mayLeaveNothing;
    private final MemoryStore damaged;

    /**
     * @param mayLeaveNothing if the fault may look as if something had never been written.
     * @param wrapper of each store that is started on; a test of this judge makes one that hides what happened.
     */
    FaultJudge(final FaultHistory history, final boolean mayLeaveNothing, final UnaryOperator<Store> wrapper) {
        this.history = history;
        this.mayLeaveNothing = mayLeaveNothing;
        this.wrapper = wrapper;
        this.damaged = history.store();
    }

    /** Something that must not be: the message says what. */
    static final class Failure extends AssertionError {
        private static final long serialVersionUID = 1;

        Failure(final String message, final Throwable cause) {
            super(message, cause);
        }
    }

    Verdict judge(final Start start) {
        final JournalVerification.Report report = verified(damaged);
        final boolean isFound = report.damages().stream().anyMatch(damage -> !isOfSnapshot(damage));
        final MemoryStore store = damaged.copy(new MemoryFaults(1));
        final Map<String, byte[]> before = store.content();
        final HeardWhole heard = new HeardWhole();
        final Journal journal;
        try {
            journal = open(store, start, heard);
        } catch (final JournalException e) {
            refused(e, start, report);
            requireUnchanged(before, store.content(), e);
            return e instanceof JournalDamagedException || start == Start.FROM_SNAPSHOT
                    ? Verdict.REFUSED
                    : Verdict.ARCHIVED;
        } catch (final RuntimeException | Error e) {
            throw new Failure("the start ended with " + e, e);
        }
        if (isFound && start == Start.FROM_FOUNDING) {
            throw new Failure(
                    "the start found nothing, and verify does: "
                            + report.first().describe(),
                    null);
        }
        final Verdict verdict = compare(heard, journal);
        goOn(store, start, heard, journal);
        return verdict;
    }

    private Journal open(final MemoryStore store, final Start start, final HeardWhole heard) {
        final Store wrapped = wrapper.apply(store);
        return start == Start.FROM_FOUNDING
                ? Fixture.open(wrapped, DurabilityLevel.BATCH, heard)
                : Journal.openFromSnapshot(wrapped, Fixture.IDENTITY, DurabilityLevel.BATCH, heard);
    }

    private static JournalVerification.Report verified(final Store store) {
        try {
            final JournalVerification.Report report = JournalVerification.verify(store);
            for (final Damage damage : report.damages()) {
                requireHelpful(damage);
            }
            return report;
        } catch (final RuntimeException e) {
            throw new Failure("verify ended with " + e, e);
        }
    }

    private static boolean isOfSnapshot(final Damage damage) {
        return damage.field().equals("snapshot");
    }

    private static void requireHelpful(final Damage damage) {
        final boolean hasPlace = damage.segment() >= 0
                || damage.sealNumber() >= 0
                || damage.field().endsWith(" note")
                || isOfSnapshot(damage);
        if (!hasPlace || damage.reason().isBlank() || damage.advice().isBlank()) {
            throw new Failure("a damage that says too little: " + damage.describe(), null);
        }
    }

    private void refused(final JournalException e, final Start start, final JournalVerification.Report report) {
        if (e instanceof JournalDamagedException damage) {
            requireHelpful(damage.damage());
        } else if (!(history.isArchived() && e.getMessage().contains("restore"))) {
            throw new Failure("the start was refused without a damage: " + e, e);
        }
        // Without a head note nothing says that an unforced snapshot of the last segment may be used: nothing is
        // damaged then.
        final boolean isUnbelieved = history.isArchived() && e.getMessage().contains("is newer than the head note");
        if (report.isGood() && !isUnbelieved && !(history.isArchived() && start == Start.FROM_FOUNDING)) {
            throw new Failure("the start was refused, and verify finds nothing: " + e.getMessage(), e);
        }
    }

    private static void requireUnchanged(
            final Map<String, byte[]> before, final Map<String, byte[]> after, final Exception cause) {
        boolean isEqual = before.keySet().equals(after.keySet());
        for (final Map.Entry<String, byte[]> each : before.entrySet()) {
            isEqual = isEqual && Arrays.equals(each.getValue(), after.get(each.getKey()));
        }
        if (!isEqual) {
            throw new Failure("a start that was refused changed the store", cause);
        }
    }

    private Verdict compare(final HeardWhole heard, final Journal journal) {
        final List<String> found = heard.heard();
        final List<String> committed = history.committed();
        final boolean isBeginning =
                found.size() <= committed.size() && found.equals(committed.subList(0, found.size()));
        if (!isBeginning && !found.equals(withInFlight())) {
            throw new Failure("other records than were written: " + found.size() + " found, " + history, null);
        }
        if (found.size() >= history.forcedCount()) {
            return journal.setAside() == null ? Verdict.STARTED : Verdict.SET_ASIDE;
        }
        // The opening's own record stands behind.
        final Seal last = heard.seals.get(heard.seals.size() - 2);
        if (!mayLeaveNothing || isWitnessed(last)) {
            throw new Failure("lost without a word: " + found.size() + " found, up to " + last + ", " + history, null);
        }
        return Verdict.NOT_TOLD_APART;
    }

    private List<String> withInFlight() {
        final List<String> all = new java.util.ArrayList<>(history.committed());
        all.addAll(history.inFlight());
        return all;
    }

    /** True if something in the damaged store still says that there was more than what was read. */
    private boolean isWitnessed(final Seal last) {
        final HeadNote head = HeadNote.decode(HeadNote.HEAD, damaged.readNote(HeadNote.HEAD));
        final PublishedMark mark = PublishedMark.decode(damaged.readMark());
        final boolean[] isWitnessed = {
            (head != null && head.sealNumber() > last.sealNumber())
                    || (mark != null && mark.level().isForced() && mark.sealNumber() > last.sealNumber())
        };
        if (last.durability().isForced()) {
            for (final int segment : damaged.segments()) {
                try (RawScan scan = new RawScan(damaged, segment)) {
                    scan.scan(0, (record, position) -> {
                        isWitnessed[0] |= record.kind() == RecordKind.SEAL && record.sequence() > last.sealNumber() + 1;
                        return true;
                    });
                }
            }
        }
        return isWitnessed[0];
    }

    /** Writes, ends without a word, and starts again: what was found and what was written must be there. */
    private void goOn(final MemoryStore store, final Start start, final HeardWhole heard, final Journal journal) {
        final List<String> expected = heard.heard();
        try {
            expected.add(HeardWhole.expected(journal.nextSequence(), "after", 20));
            Fixture.append(journal, "after", 20);
            Fixture.commit(journal);
            final HeardWhole again = new HeardWhole();
            open(store.afterKill(), start, again);
            if (!again.heard().equals(expected)) {
                throw new Failure(
                        "the next start found other records: " + again.heard().size() + " instead of "
                                + expected.size(),
                        null);
            }
            if (start == Start.FROM_FOUNDING) {
                final JournalVerification.Report report = verified(store);
                if (report.damages().stream().anyMatch(damage -> !isOfSnapshot(damage))) {
                    throw new Failure(
                            "after a start verify finds " + report.first().describe(), null);
                }
            }
        } catch (final JournalException | IllegalStateException e) {
            throw new Failure("after a start that succeeded: " + e, e);
        }
    }
}
