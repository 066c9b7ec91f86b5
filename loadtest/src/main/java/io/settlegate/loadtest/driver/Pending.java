package io.settlegate.loadtest.driver;

import io.settlegate.loadtest.population.Person;
import io.settlegate.protocol.Limits;
import java.util.Arrays;

/**
 * A request that has no answer yet. Its bytes never change: a resend is the same frame, correlation id included.
 *
 * @param omsgid what a reversal or query names, or empty.
 * @param about the unanswered request that this one is to clear up, or null.
 */
record Pending(
        Kind kind,
        String msgid,
        long correlationId,
        byte[] frame,
        Person person,
        String omsgid,
        Pending about,
        long madeAtNs) {
    /** What is asked. */
    enum Kind {
        /** 9001. */
        SIGN_IN,
        /** 2102. */
        SETTLE,
        /** 2601. */
        REVERSE,
        /** 1101. */
        PERSON_INFO,
        /** By msgid, to learn what became of an unanswered request. */
        QUERY,
        /** By msgid, to compare with the books. */
        AUDIT
    }

    /** True if an answer that got lost matters. */
    boolean changesState() {
        return kind == Kind.SETTLE || kind == Kind.REVERSE;
    }

    /** The signed request, signature included, without the length field. */
    byte[] command() {
        return Arrays.copyOfRange(frame, Limits.FRAME_LENGTH_LENGTH, frame.length);
    }
}
