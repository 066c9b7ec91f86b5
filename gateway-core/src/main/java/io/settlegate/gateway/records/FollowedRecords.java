package io.settlegate.gateway.records;

import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordView;

/** Reads records by their sequence from a journal's files. One thread; blocks on the disk. */
public final class FollowedRecords implements RecordSource {
    private final JournalFollower follower;
    private boolean isAtBatch;

    /** @param follower is moved by this from now on. */
    public FollowedRecords(final JournalFollower follower) {
        this.follower = follower;
    }

    @Override
    public RecordView read(final long sequence) {
        if (!isAtBatch
                || sequence < follower.seal().firstSequence()
                || sequence > follower.seal().lastSequence()) {
            follower.seek(sequence);
            isAtBatch = follower.nextBatch();
        }
        return isAtBatch ? follower.get((int) (sequence - follower.seal().firstSequence())) : null;
    }
}
