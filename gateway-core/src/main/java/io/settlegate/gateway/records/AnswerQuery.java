package io.settlegate.gateway.records;

import io.settlegate.protocol.codec.QueryBy;

/**
 * Which answers of record are wanted.
 *
 * @param by how they are found.
 * @param institution whose they are; null for any, which only an operator may ask.
 * @param value the msgid, setl_id, psn_no, or institution, as {@code by} says.
 * @param beginMs the first time, where a time is asked for.
 * @param endMs behind the last time.
 * @param afterSequence only records behind this one.
 */
public record AnswerQuery(QueryBy by, String institution, String value, long beginMs, long endMs, long afterSequence) {

    public static AnswerQuery byMsgid(final String institution, final String msgid, final long afterSequence) {
        return new AnswerQuery(QueryBy.MSGID, institution, msgid, 0, Long.MAX_VALUE, afterSequence);
    }

    public static AnswerQuery bySetlId(final String institution, final String setlId, final long afterSequence) {
        return new AnswerQuery(QueryBy.SETL_ID, institution, setlId, 0, Long.MAX_VALUE, afterSequence);
    }

    boolean isRange() {
        return by == QueryBy.PERSON_TIME || by == QueryBy.INSTITUTION_TIME;
    }

    @Override
    public String toString() {
        // The value may be a person's number.
        return "AnswerQuery " + by;
    }
}
