package io.settlegate.journal.store;

import java.util.List;

/**
 * Where a journal's bytes lie: numbered segments of files, small named notes, and what was set aside. See the contract suite.
 *
 * <p>Reading may happen on any thread; writing belongs to the thread that holds the lock.
 */
public interface Store extends AutoCloseable {
    /** Numbers of the segments, ascending. */
    List<Integer> segments();

    @Override
    void close();
}
