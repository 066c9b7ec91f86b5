package io.settlegate.gateway.transport;

import io.settlegate.protocol.ResultCode;

/**
 * Whether requests are taken at all. Written by housekeeping and by the stop, read by every event loop.
 */
public final class Admission {
    private volatile boolean stopping;
    private volatile boolean journalFull;

    /** OK, or the BUSY code that every request gets. */
    ResultCode verdict() {
        if (stopping) {
            return ResultCode.STOPPING;
        }
        return journalFull ? ResultCode.JOURNAL_FULL : ResultCode.OK;
    }

    /** Housekeeping: the journal's disk is below its floor, or above it again. */
    public void journalHasRoom(final boolean hasRoom) {
        journalFull = !hasRoom;
    }

    /** For good. */
    public void stop() {
        stopping = true;
    }
}
