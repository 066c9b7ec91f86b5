package io.settlegate.gateway.operations;

import org.agrona.DirectBuffer;

/** Takes signed acts in order: a journal being written, a running gateway's operator listener, or a test. */
@FunctionalInterface
public interface ActSink {
    /** One act: SBE header, body, 64-byte signature. The bytes are valid during the call only. */
    void accept(DirectBuffer frame, int offset, int length);
}
