package io.settlegate.gateway.pipeline;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts values in buckets whose upper bounds double: {@code first, 2 first, 4 first, ...}, and one more for what lies above
 * the last bound.
 *
 * <p>One thread records; it neither allocates nor waits. Any thread reads, and may then see a value counted whose sum is not
 * there yet.
 */
public final class PowerHistogram {
    private final int firstBoundLog2;
    private final int boundCount;
    /** Counts by bucket, the bucket above the last bound, then the sum. */
    private final AtomicLongArray cells;

    PowerHistogram(final int firstBoundLog2, final int boundCount) {
        this.firstBoundLog2 = firstBoundLog2;
        this.boundCount = boundCount;
        this.cells = new AtomicLongArray(boundCount + 2);
    }

    /** For times: from 4 microseconds to 8.6 seconds. */
    public static PowerHistogram ofNanoseconds() {
        return new PowerHistogram(12, 22);
    }

    /** For counts: from 1 to 16,384. */
    public static PowerHistogram ofCounts() {
        return new PowerHistogram(0, 15);
    }

    /** The recording thread. */
    public void record(final long value) {
        final int bucket = bucketOf(value);
        cells.lazySet(bucket, cells.getPlain(bucket) + 1);
        cells.lazySet(boundCount + 1, cells.getPlain(boundCount + 1) + value);
    }

    private int bucketOf(final long value) {
        if (value <= 1) {
            return 0;
        }
        final int log2 = Long.SIZE - Long.numberOfLeadingZeros(value - 1);
        return Math.min(boundCount, Math.max(0, log2 - firstBoundLog2));
    }

    /** Bounds; the bucket above the last is not among them. */
    public int boundCount() {
        return boundCount;
    }

    /** The largest value that the bucket takes. */
    public long bound(final int bucket) {
        return 1L << (firstBoundLog2 + bucket);
    }

    /** Values in the bucket; {@link #boundCount()} names the one above the last bound. */
    public long count(final int bucket) {
        return cells.get(bucket);
    }

    /** Values in all buckets. */
    public long totalCount() {
        long total = 0;
        for (int i = 0; i <= boundCount; i++) {
            total += cells.get(i);
        }
        return total;
    }

    public long sum() {
        return cells.get(boundCount + 1);
    }
}
