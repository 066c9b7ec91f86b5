package io.settlegate.gateway.records;

import java.io.IOException;

/**
 * The settlements, cancels, and reversals of an institution that were done, one after the other, found by the index.
 *
 * <p>One thread; blocks on the disk. Memory: a block of the index.
 */
public final class InstitutionRecords {
    private static final int AT_ONCE = 128;

    private final RecordIndex index;
    private final RecordSource source;
    private final RecordFacts facts = new RecordFacts();

    /** Is given each sequence, rising. */
    @FunctionalInterface
    public interface Taker {
        void take(long sequence, long timeMs) throws IOException;
    }

    public InstitutionRecords(final RecordIndex index, final RecordSource source) {
        this.index = index;
        this.source = source;
    }

    /**
     * Tells the records of an institution.
     *
     * @param beginMs the first time.
     * @param throughSequence the last record that is looked at.
     * @throws io.settlegate.journal.RecordArchivedException if a record of them is archived.
     * @throws AnswersMissingException if one may be, and was never indexed.
     * @throws IndexDamagedException if a part of the index has to be made anew first; what was told is void.
     */
    public void tell(final String institution, final long beginMs, final long throughSequence, final Taker taker)
            throws IOException, AnswersMissingException {
        if (beginMs < index.coveredSinceMs()) {
            throw new AnswersMissingException();
        }
        final long[] found = new long[AT_ONCE];
        long from = index.firstAt(beginMs);
        int count = AT_ONCE;
        while (count == AT_ONCE && from <= throughSequence) {
            count = index.find(RecordKey.INSTITUTION, institution, from, found);
            for (int i = 0; i < count; i++) {
                from = found[i] + 1;
                if (found[i] > throughSequence) {
                    return;
                }
                // Keys are hashes: a record may be of somebody else.
                if (facts.wrap(source.read(found[i]))
                        && facts.kind().isOfMoney()
                        && facts.timeMs() >= beginMs
                        && facts.isOf(institution)) {
                    taker.take(found[i], facts.timeMs());
                }
            }
        }
    }

    /** Whether the index knows all records since a time; before it some may have been archived before they were indexed. */
    public boolean covers(final long sinceMs) throws IOException {
        return sinceMs >= index.coveredSinceMs();
    }

    /** The first answer to a msgid of the institution; 0 where the index knows none. */
    public long answerTo(final String institution, final String msgid) throws IOException {
        final long[] found = new long[AT_ONCE];
        final int count = index.find(RecordKey.MSGID, msgid, 0, found);
        for (int i = 0; i < count; i++) {
            if (facts.wrap(source.read(found[i]))
                    && facts.isOf(institution)
                    && facts.text(facts.msgid(), RecordFacts.MSGID_LENGTH).equals(msgid)) {
                return found[i];
            }
        }
        return 0;
    }
}
