package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.SignedRequest;

/**
 * A request of a desk's file of whose end the caller was not told.
 *
 * @param reversal the last that was sent, or was about to be; null where none was.
 * @param end      null while it is not known.
 * @param code     that decided; null while the end is.
 */
record OpenEntry(
        SignedRequest request, UnknownRule rule, SignedRequest reversal, KnownOutcome.End end, ResultCode code) {
    /** A request that is about to be sent first. */
    OpenEntry(final SignedRequest request, final UnknownRule rule) {
        this(request, rule, null, null, null);
    }

    OpenEntry reversedBy(final SignedRequest newReversal) {
        return new OpenEntry(request, rule, newReversal, end, code);
    }

    OpenEntry endedBy(final KnownOutcome.End newEnd, final ResultCode newCode) {
        return new OpenEntry(request, rule, reversal, newEnd, newCode);
    }

    @Override
    public String toString() {
        return "OpenEntry " + request.msgid();
    }
}
