package io.settlegate.protocol.client;

import io.settlegate.protocol.codec.QueryBy;

/**
 * What a 5203 asks for. Made by the methods; {@link #after} turns it into the question for the next page.
 *
 * @param by by what records are found.
 * @param omsgid of {@link QueryBy#MSGID}, else empty.
 * @param setlId of {@link QueryBy#SETL_ID}, else empty.
 * @param psnNo of {@link QueryBy#PERSON_TIME}, else empty.
 * @param begnTimeMs the first time, by the gateway's clock.
 * @param endTimeMs behind the last time.
 * @param afterSequence 0 for the first page.
 * @param pageLimit 1 to 100.
 */
public record RecordsQuery(
        QueryBy by,
        String omsgid,
        String setlId,
        String psnNo,
        long begnTimeMs,
        long endTimeMs,
        long afterSequence,
        int pageLimit) {
    private static final int MAX_PAGE_LIMIT = 100;

    /** The first answer to a msgid, and what undid it. */
    public static RecordsQuery byMsgid(final String omsgid) {
        return new RecordsQuery(QueryBy.MSGID, omsgid, "", "", 0, 0, 0, MAX_PAGE_LIMIT);
    }

    /** The settlement or cancel that gave a setl_id, and what undid it. */
    public static RecordsQuery bySetlId(final String setlId) {
        return new RecordsQuery(QueryBy.SETL_ID, "", setlId, "", 0, 0, 0, MAX_PAGE_LIMIT);
    }

    /** Settlements, cancels, and reversals of a person at this institution. */
    public static RecordsQuery byPerson(final String psnNo, final long begnTimeMs, final long endTimeMs) {
        return new RecordsQuery(QueryBy.PERSON_TIME, "", "", psnNo, begnTimeMs, endTimeMs, 0, MAX_PAGE_LIMIT);
    }

    /** All settlements, cancels, and reversals of this institution. */
    public static RecordsQuery byTime(final long begnTimeMs, final long endTimeMs) {
        return new RecordsQuery(QueryBy.INSTITUTION_TIME, "", "", "", begnTimeMs, endTimeMs, 0, MAX_PAGE_LIMIT);
    }

    /** The same question for what comes behind a record. */
    public RecordsQuery after(final long sequence) {
        return new RecordsQuery(by, omsgid, setlId, psnNo, begnTimeMs, endTimeMs, sequence, pageLimit);
    }

    /** The same question with smaller pages. */
    public RecordsQuery withPageLimit(final int limit) {
        return new RecordsQuery(by, omsgid, setlId, psnNo, begnTimeMs, endTimeMs, afterSequence, limit);
    }

    @Override
    public String toString() {
        // Without psn_no, which names a person.
        return "RecordsQuery " + by + " after " + afterSequence;
    }
}
