package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import org.agrona.MutableDirectBuffer;

/**
 * One transaction of the interface in three steps. {@link #compute} and {@link #encode} read the state, keep what they found
 * in fields of their own, reserve room, and change nothing that is hashed; {@link #commit} writes and cannot throw.
 */
interface Transaction {
    /** The template of its request. */
    int templateId();

    /** The least length of its request's block. */
    int blockLength();

    MsgidUse msgidUse();

    /** The first fault in the order of {@link ResultCode}, or OK. */
    ResultCode compute(Request request);

    /** Writes the outcome of a request that computed to OK and gives its length. */
    int encode(Request request, MutableDirectBuffer outcome, int offset);

    /** Writes the effects. The request's own msgid row is written before, by the engine. */
    void commit(Request request);
}
