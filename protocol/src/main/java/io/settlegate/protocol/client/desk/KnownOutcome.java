package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.SignedRequest;

/**
 * How a request ended, for certain.
 *
 * @param request  as it was sent; a resumed one has the bytes of the earlier process.
 * @param end      what became of it.
 * @param code     of the outcome that decided.
 * @param outcome  of SETTLED the request's own outcome; of REFUSED the refusal, or what a reversal found; of REVERSED the
 *                 reversal's, where a reversal decided, else the request's own; of NEVER_CAME the refusal 404. Empty where the gateway refused the frame in a way
 *                 that proves that nothing was done and gives no receipt, and where an earlier process had the answer: ask by msgid.
 * @param receipt  of that outcome; empty where the outcome is.
 * @param reversal the reversal that this desk sent; null where it sent none.
 */
public record KnownOutcome(
        SignedRequest request, End end, ResultCode code, byte[] outcome, byte[] receipt, SignedRequest reversal) {
    /** What became of a request. */
    public enum End {
        /** Done, and it stands. */
        SETTLED,
        /** Never done and never will be under this msgid: mend what {@link #code} names, and use a new msgid. */
        REFUSED,
        /** Undone by 2601, or barred by it before it arrived. */
        REVERSED,
        /** Done, and then undone by a cancel. */
        CANCELLED,
        /** Older than the gateway's horizon, and not among its records: nothing was done, and cannot be any more under this msgid. */
        NEVER_CAME
    }

    /** The msgid of the request. */
    public String msgid() {
        return request.msgid();
    }

    @Override
    public String toString() {
        return "KnownOutcome " + msgid() + ' ' + end + ' ' + code;
    }
}
