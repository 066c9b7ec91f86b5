package io.settlegate.gateway.records;

/**
 * An index that follows the journal while it is asked. Any thread.
 *
 * <p>What was looked up is whole only if {@link #dropCount()} is afterwards what it was before {@link #await}: a run may be set aside in
 * between by whoever meets the damage, and be missing until it is made anew.
 */
public interface CoveredIndex {
    /**
     * The index, once it covers a record.
     *
     * @return null if it does not by then, or has failed.
     */
    RecordIndex await(long sequence, long timeoutMs);

    /** Every record up to this one is in the index; -1 before the first. */
    long coveredThrough();

    /** True if it does not follow any more. */
    boolean hasFailed();

    /** Runs that were set aside since it was opened. */
    int dropCount();
}
