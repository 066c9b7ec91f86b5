package io.settlegate.gateway.records;

import io.settlegate.journal.RecordView;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Finds answers of record: asks the index, reads what it names, checks it, and says what has become of it since.
 *
 * <p>One thread; blocks on the disk. Nobody is shown a record of an institution that was not asked for.
 */
public final class AnswerSearch {
    private static final int AT_ONCE = 128;
    /** A settlement can be cancelled and the cancel be reversed any number of times; more than this is no page. */
    private static final int MAX_CHAIN = 256;
    /** A terminal's clock may be ahead of the gateway's by minutes; this is ample. */
    private static final long AHEAD_MS = TimeUnit.HOURS.toMillis(1);

    private static final int TIME_START = 12;
    private static final int TIME_END = 26;
    private static final int SEQUENCE_START = 14;
    private static final DateTimeFormatter MSGID_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    private final RecordIndex index;
    private final RecordSource source;
    private final RecordFacts facts = new RecordFacts();
    private final RecordFacts undoing = new RecordFacts();

    /** Takes an answer. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Takes an answer, oldest first.
         *
         * @param record valid during the call.
         * @param undoneBySequence the record that undid it; 0 where none did.
         * @return false if there is no room for it: it was not taken, and the search ends.
         */
        boolean take(RecordView record, RecordState state, long undoneBySequence) throws IOException;
    }

    private record Standing(RecordState state, long undoneBySequence) {}

    public AnswerSearch(final RecordIndex index, final RecordSource source) {
        this.index = index;
        this.source = source;
    }

    /**
     * Shows answers, oldest first.
     *
     * @return the sequence of the last one taken, if there was one for which there was no room; else 0.
     * @throws io.settlegate.journal.RecordArchivedException if a record of them is archived.
     * @throws AnswersMissingException if one may be, and was never indexed.
     * @throws IndexDamagedException if a part of the index has to be made anew first; what was taken is void.
     */
    public long search(final AnswerQuery query, final Taker taker) throws IOException, AnswersMissingException {
        return query.isRange() ? searchRange(query, taker) : searchChain(query, taker);
    }

    // ---- one request and what undid it ----

    private long searchChain(final AnswerQuery query, final Taker taker) throws IOException, AnswersMissingException {
        final TreeSet<Long> chain = new TreeSet<>();
        final String msgid;
        if (query.by() == QueryBy.MSGID) {
            msgid = query.value();
            final long first = firstAnswer(query);
            if (first >= 0) {
                chain.add(first);
                if (facts.hasOpened()) {
                    addUndoings(facts.mdtrtId(), query, chain);
                }
            }
        } else {
            msgid = msgidOfSettlement(query, chain);
        }
        if (msgid != null) {
            addUndoings(msgid, query, chain);
        }
        if (chain.isEmpty()
                && query.by() == QueryBy.MSGID
                && timeOf(query.value()) - AHEAD_MS < index.coveredSinceMs()) {
            throw new AnswersMissingException();
        }
        long taken = 0;
        for (final long sequence : chain.tailSet(query.afterSequence(), false)) {
            if (!show(sequence, taker)) {
                return taken;
            }
            taken = sequence;
        }
        return 0;
    }

    private long firstAnswer(final AnswerQuery query) throws IOException {
        final long[] found = new long[AT_ONCE];
        final int count = index.find(RecordKey.MSGID, query.value(), 0, found);
        for (int i = 0; i < count; i++) {
            if (facts.wrap(read(found[i]))
                    && isWanted(facts, query)
                    && facts.text(facts.msgid(), RecordFacts.MSGID_LENGTH).equals(query.value())) {
                return found[i];
            }
        }
        return -1;
    }

    /** @return null where no settlement or cancel gave the setl_id. */
    private String msgidOfSettlement(final AnswerQuery query, final Set<Long> chain) {
        final long sequence = sequenceIn(query.value());
        final RecordView record = sequence < 0 ? null : source.read(sequence);
        if (record == null || !facts.wrap(record) || !isWanted(facts, query) || !facts.gave(query.value())) {
            return null;
        }
        chain.add(sequence);
        return facts.text(facts.msgid(), RecordFacts.MSGID_LENGTH);
    }

    /** Cancels and reversals of a msgid that did something, and reversals of those cancels. */
    private void addUndoings(final String msgid, final AnswerQuery query, final Set<Long> chain) throws IOException {
        final long[] found = new long[AT_ONCE];
        long from = 0;
        int count = AT_ONCE;
        while (count == AT_ONCE && chain.size() < MAX_CHAIN) {
            count = index.find(RecordKey.UNDOES, msgid, from, found);
            for (int i = 0; i < count && chain.size() < MAX_CHAIN; i++) {
                from = found[i] + 1;
                if (undoing.wrap(read(found[i])) && isWanted(undoing, query) && undoes(undoing, msgid)) {
                    final boolean isCancel = undoing.kind() == RecordFacts.Kind.CANCEL;
                    if (chain.add(found[i]) && isCancel) {
                        addUndoings(undoing.text(undoing.msgid(), RecordFacts.MSGID_LENGTH), query, chain);
                    }
                }
            }
        }
    }

    private static boolean undoes(final RecordFacts facts, final String msgid) {
        final boolean did = facts.kind() == RecordFacts.Kind.CANCEL
                || facts.kind() == RecordFacts.Kind.VISIT_CANCEL
                || (facts.kind() == RecordFacts.Kind.REVERSAL && (facts.hasReversed() || facts.hasMarked()));
        return did && facts.text(facts.original(), RecordFacts.MSGID_LENGTH).equals(msgid);
    }

    // ---- a range of time ----

    private long searchRange(final AnswerQuery query, final Taker taker) throws IOException, AnswersMissingException {
        if (query.beginMs() < index.coveredSinceMs()) {
            throw new AnswersMissingException();
        }
        final RecordKey key = query.by() == QueryBy.PERSON_TIME ? RecordKey.PERSON : RecordKey.INSTITUTION;
        final long[] found = new long[AT_ONCE];
        long from = Math.max(query.afterSequence() + 1, index.firstAt(query.beginMs()));
        long taken = query.afterSequence();
        int count = AT_ONCE;
        while (count == AT_ONCE) {
            count = index.find(key, query.value(), from, found);
            for (int i = 0; i < count; i++) {
                from = found[i] + 1;
                if (!facts.wrap(read(found[i])) || !isInRange(query)) {
                    if (facts.timeMs() >= query.endMs()) {
                        return 0;
                    }
                    continue;
                }
                if (!show(found[i], taker)) {
                    return taken;
                }
                taken = found[i];
            }
        }
        return 0;
    }

    private boolean isInRange(final AnswerQuery query) {
        return facts.timeMs() >= query.beginMs()
                && facts.timeMs() < query.endMs()
                && facts.kind().isOfMoney()
                && isWanted(facts, query)
                && (query.by() == QueryBy.INSTITUTION_TIME
                        ? facts.isOf(query.value())
                        : facts.text(facts.person(), RecordFacts.PERSON_LENGTH).equals(query.value()));
    }

    private static boolean isWanted(final RecordFacts facts, final AnswerQuery query) {
        return query.institution() == null || facts.isOf(query.institution());
    }

    // ---- what has become of it ----

    private boolean show(final long sequence, final Taker taker) throws IOException {
        facts.wrap(read(sequence));
        final Standing standing = standing(sequence);
        return taker.take(read(sequence), standing.state(), standing.undoneBySequence());
    }

    private Standing standing(final long sequence) throws IOException {
        if (facts.code() == ResultCode.REVERSED_BEFORE_ARRIVAL) {
            return new Standing(RecordState.MARKED, markOf(facts.text(facts.msgid(), RecordFacts.MSGID_LENGTH)));
        }
        if (facts.code() != ResultCode.OK) {
            return new Standing(RecordState.REFUSED, 0);
        }
        final boolean hasOpened = facts.hasOpened();
        final boolean canBeUndone =
                hasOpened || facts.kind() == RecordFacts.Kind.SETTLEMENT || facts.kind() == RecordFacts.Kind.CANCEL;
        if (!canBeUndone) {
            return new Standing(RecordState.DONE, 0);
        }
        final String mdtrtId = hasOpened ? facts.mdtrtId() : "";
        final Standing byMsgid = undone(facts.text(facts.msgid(), RecordFacts.MSGID_LENGTH), sequence);
        // A visit is taken back once, by the one or the other.
        return hasOpened && byMsgid.state() == RecordState.DONE ? undone(mdtrtId, sequence) : byMsgid;
    }

    /**
     * A reversal of a cancel makes the original stand again, so that of those that are not reversed themselves the newest counts. All of
     * them are looked at: a terminal may send as many undoings as it likes.
     */
    private Standing undone(final String msgid, final long sequence) throws IOException {
        Standing newest = new Standing(RecordState.DONE, 0);
        final long[] found = new long[AT_ONCE];
        long from = sequence + 1;
        int count = AT_ONCE;
        while (count == AT_ONCE) {
            count = index.find(RecordKey.UNDOES, msgid, from, found);
            for (int i = 0; i < count; i++) {
                newest = standingBy(found[i], msgid, newest);
                from = found[i] + 1;
            }
        }
        return newest;
    }

    /** What one undoing leaves; what stood before if it did nothing or was reversed itself. */
    private Standing standingBy(final long sequence, final String msgid, final Standing before) throws IOException {
        if (!undoing.wrap(read(sequence)) || !undoes(undoing, msgid)) {
            return before;
        }
        if (undoing.kind() == RecordFacts.Kind.REVERSAL) {
            return new Standing(RecordState.REVERSED, sequence);
        }
        if (undoing.kind() == RecordFacts.Kind.VISIT_CANCEL) {
            return new Standing(RecordState.CANCELLED, sequence);
        }
        final String cancel = undoing.text(undoing.msgid(), RecordFacts.MSGID_LENGTH);
        return undone(cancel, sequence).state() == RecordState.DONE
                ? new Standing(RecordState.CANCELLED, sequence)
                : before;
    }

    private long markOf(final String msgid) throws IOException {
        final long[] found = new long[AT_ONCE];
        long from = 0;
        int count = AT_ONCE;
        while (count == AT_ONCE) {
            count = index.find(RecordKey.UNDOES, msgid, from, found);
            for (int i = 0; i < count; i++) {
                if (undoing.wrap(read(found[i])) && undoes(undoing, msgid)) {
                    return found[i];
                }
                from = found[i] + 1;
            }
        }
        return 0;
    }

    private RecordView read(final long sequence) {
        final RecordView record = source.read(sequence);
        if (record == null) {
            throw new IllegalStateException(
                    "the index names record " + sequence + ", which the journal may not show yet");
        }
        return record;
    }

    /** The sequence in a setl_id; -1 where it is none. */
    private static long sequenceIn(final String setlId) {
        if (!setlId.matches("[0-9]{" + RecordFacts.SETL_ID_LENGTH + "}")) {
            return -1;
        }
        return Long.parseLong(setlId.substring(SEQUENCE_START));
    }

    private static long timeOf(final String msgid) {
        try {
            return LocalDateTime.parse(msgid.substring(TIME_START, TIME_END), MSGID_TIME)
                    .toInstant(ZoneOffset.ofHours(8))
                    .toEpochMilli();
        } catch (final DateTimeException | IndexOutOfBoundsException e) {
            return Long.MIN_VALUE / 2;
        }
    }
}
