package io.settlegate.gateway.transport;

import io.settlegate.journal.store.Space;
import io.settlegate.protocol.ResultCode;

/**
 * Whether requests are taken at all. Written by housekeeping and by the stop, read by every event loop.
 *
 * <p>Two floors: below the first, what would change money is refused, while reads and sign-ins still find room for their
 * records; below the second nothing is taken. Both recover by themselves when the disk has room again.
 */
public final class Admission {
    private enum Room {
        WRITES,
        READS,
        NONE
    }

    private volatile boolean stopping;
    private volatile Room room = Room.WRITES;

    /** OK, or the BUSY code that a request gets which changes the state. */
    ResultCode verdict() {
        return verdict(room == Room.WRITES);
    }

    /** OK, or the BUSY code that a read or a sign-in gets. */
    ResultCode verdictOnRead() {
        return verdict(room != Room.NONE);
    }

    private ResultCode verdict(final boolean hasRoom) {
        if (stopping) {
            return ResultCode.STOPPING;
        }
        return hasRoom ? ResultCode.OK : ResultCode.JOURNAL_FULL;
    }

    /** Housekeeping: what the journal's disk has left. */
    public void journalSpace(final Space space) {
        if (space.hasRoomForWrites()) {
            room = Room.WRITES;
        } else {
            room = space.hasRoomForReads() ? Room.READS : Room.NONE;
        }
    }

    /** For good. */
    public void stop() {
        stopping = true;
    }
}
