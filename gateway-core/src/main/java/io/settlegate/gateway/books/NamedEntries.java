package io.settlegate.gateway.books;

import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordArchivedException;
import io.settlegate.journal.RecordView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether a journal has entries that a book names, of whatever day, office, and institution. Where that cannot be looked up, it is said to
 * be possible: the number is none of the gateway's, the record is archived, or would stand behind the last one.
 *
 * <p>One thread; blocks on the disk. Numbers are looked up in the order of their records; msgids without a record's number by one reading of
 * the journal, from the day of the oldest of them. Memory: some hundred bytes for each name.
 */
public final class NamedEntries {
    /** A sender's clock may be ahead of the gateway's by minutes; this is ample. */
    private static final long AHEAD_MS = TimeUnit.HOURS.toMillis(1);

    private final JournalFollower follower;
    private final long lastSequence;
    private final MoneyRecord money = new MoneyRecord();
    private final EntryMaker maker = new EntryMaker(money);
    /** The batch that was read last. */
    private long batchFirst;

    private long batchLast = -1;

    /**
     * An entry as a book names it.
     *
     * @param setlId may be empty.
     * @param msgid may be empty where the other one is not.
     * @param isRefund whether a refund is meant, and not what it undid.
     */
    public record Name(String setlId, String msgid, boolean isRefund) {}

    /**
     * @param follower is moved.
     * @param lastSequence the last record that is looked at.
     */
    public NamedEntries(final JournalFollower follower, final long lastSequence) {
        this.follower = follower;
        this.lastSequence = lastSequence;
    }

    /** Those that the journal has or may have. */
    public Set<Name> present(final Collection<Name> names) {
        batchLast = -1;
        final Set<Name> present = new HashSet<>();
        final List<Name> numbered = new ArrayList<>();
        final Map<String, List<Name>> byMsgid = new HashMap<>();
        for (final Name name : names) {
            if (EntryNumber.sequenceIn(name.setlId()) > 0) {
                numbered.add(name);
            } else if (EntryNumber.timeMsIn(name.msgid()) < 0) {
                present.add(name);
            }
            if (EntryNumber.timeMsIn(name.msgid()) >= 0) {
                byMsgid.computeIfAbsent(name.msgid(), any -> new ArrayList<>(1)).add(name);
            }
        }
        numbered.sort(Comparator.comparingLong(name -> EntryNumber.sequenceIn(name.setlId())));
        for (final Name name : numbered) {
            if (isPresent(name)) {
                present.add(name);
            }
        }
        byMsgid.values().forEach(each -> each.removeAll(present));
        byMsgid.values().removeIf(List::isEmpty);
        if (!byMsgid.isEmpty()) {
            findMsgids(byMsgid, present);
        }
        return present;
    }

    private boolean isPresent(final Name name) {
        final long sequence = EntryNumber.sequenceIn(name.setlId());
        if (sequence > lastSequence) {
            return true;
        }
        if (sequence < batchFirst || sequence > batchLast) {
            try {
                follower.seek(sequence);
            } catch (final RecordArchivedException e) {
                return true;
            }
            if (!follower.nextBatch()) {
                return true;
            }
            batchFirst = follower.seal().firstSequence();
            batchLast = follower.seal().lastSequence();
        }
        final RecordView record = follower.get((int) (sequence - batchFirst));
        return isMeant(money.wrap(record), name.isRefund()) && maker.setlId().equals(name.setlId());
    }

    /** A refund under the number of what it undid says nothing of a refund. */
    private static boolean isMeant(final MoneyRecord.What what, final boolean isRefund) {
        return what != MoneyRecord.What.NOTHING && !(isRefund && what == MoneyRecord.What.SETTLED);
    }

    private void findMsgids(final Map<String, List<Name>> byMsgid, final Set<Name> present) {
        final long beginMs =
                byMsgid.keySet().stream().mapToLong(EntryNumber::timeMsIn).min().orElseThrow() - AHEAD_MS;
        if (follower.archivedEnd() != null) {
            final long archivedMs = follower.archivedEnd().timeMs();
            byMsgid.forEach((msgid, names) -> {
                if (EntryNumber.timeMsIn(msgid) - AHEAD_MS <= archivedMs) {
                    present.addAll(names);
                }
            });
        }
        follower.seekTime(beginMs);
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                final RecordView record = follower.get(i);
                if (record.sequence() > lastSequence) {
                    return;
                }
                final MoneyRecord.What what = money.wrap(record);
                if (what == MoneyRecord.What.NOTHING) {
                    continue;
                }
                for (final Name name : byMsgid.getOrDefault(maker.msgid(), List.of())) {
                    if (isMeant(what, name.isRefund())) {
                        present.add(name);
                    }
                }
            }
        }
    }
}
