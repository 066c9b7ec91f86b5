package io.settlegate.gateway.transport;

import io.settlegate.protocol.ResultCode;

/**
 * Whether requests are taken at all. Written by housekeeping and by the stop, read by every event loop.
 */
public final class Admission {
    private volatile ResultCode verdict = ResultCode.OK;

    /** OK, or the BUSY code that every request gets. */
    ResultCode verdict() {
        return verdict;
    }

    /** The journal's disk is below its floor, or above it again. */
    public void journalHasRoom(final boolean hasRoom) {
        if (verdict != ResultCode.STOPPING) {
            verdict = hasRoom ? ResultCode.OK : ResultCode.JOURNAL_FULL;
        }
    }

    /** For good. */
    public void stop() {
        verdict = ResultCode.STOPPING;
    }
}
