package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches have one record here, so that a sequence is a batch's number, and stand at their number. */
@Timeout(60)
class BatchIndexTest {
    private static final int SEGMENTS = 64;

    private final BatchIndex index = new BatchIndex();

    private void add(final int from, final int to, final int batchesPerSegment) {
        for (int batch = from; batch < to; batch++) {
            index.add(batch, batch / batchesPerSegment, batch);
        }
    }

    /** The largest number of batches that a search may have to pass. */
    private long largestGap(final int count) {
        long largest = 0;
        long last = count - 1L;
        while (last >= 0) {
            final long entry = index.floor(last).position();
            largest = Math.max(largest, last - entry + 1);
            last = entry - 1;
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, BatchIndex.CAPACITY, BatchIndex.CAPACITY + 1, 1_000_000, 20_000_000})
    void shouldKeepTheEntriesOfOneSegmentEvenlyApart(final int count) {
        add(0, count, Integer.MAX_VALUE);
        assertThat(largestGap(count)).isLessThanOrEqualTo(Math.max(1, 2L * count / BatchIndex.CAPACITY + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 20_000_000})
    void shouldKeepTheFirstBatchOfEachSegment(final int count) {
        final int batchesPerSegment = count / SEGMENTS;
        add(0, count, batchesPerSegment);
        assertThat(largestGap(count)).isLessThanOrEqualTo(2L * count / (BatchIndex.CAPACITY - SEGMENTS) + 1);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            final long first = (long) segment * batchesPerSegment;
            assertThat(index.floor(first)).isEqualTo(new BatchIndex.Place(segment, first));
        }
    }

    @Test
    void shouldGoOnEvenlyAfterItsEndWasTakenAway() {
        final int kept = 700_001;
        final int count = 1_000_000;
        add(0, count, Integer.MAX_VALUE);
        index.truncate(kept);
        assertThat(index.floor(count).position()).isLessThan(kept);
        assertThat(largestGap(kept)).isLessThanOrEqualTo(2L * count / BatchIndex.CAPACITY + 1);
        add(kept, count, Integer.MAX_VALUE);
        assertThat(largestGap(count)).isLessThanOrEqualTo(2L * count / BatchIndex.CAPACITY + 1);
        add(count, 5 * count, Integer.MAX_VALUE);
        assertThat(largestGap(5 * count)).isLessThanOrEqualTo(2L * 5 * count / BatchIndex.CAPACITY + 1);
    }

    @Test
    void shouldFindNothingAfterAllWasTakenAway() {
        add(0, 100, Integer.MAX_VALUE);
        index.truncate(0);
        assertThat(index.floor(50)).isNull();
        index.add(7, 3, 70);
        assertThat(index.floor(50)).isEqualTo(new BatchIndex.Place(3, 70));
        assertThat(index.floor(6)).isNull();
    }

    @Test
    void shouldRefuseMoreSegmentsThanItHasEntries() {
        add(0, BatchIndex.CAPACITY, 1);
        assertThatThrownBy(() -> index.add(BatchIndex.CAPACITY, BatchIndex.CAPACITY, 0))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("segments");
    }

    /** From a snapshot it goes on as if it had never been written down. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, BatchIndex.CAPACITY + 1, 300_001})
    void shouldGoOnAfterItWasEncodedAsBefore(final int count) {
        add(0, count, 9_000);
        final BatchIndex copy = BatchIndex.decode(index.encode());
        for (int batch = count; batch < count + 200_000; batch++) {
            index.add(batch, batch / 9_000, batch);
            copy.add(batch, batch / 9_000, batch);
        }
        assertThat(copy.encode()).isEqualTo(index.encode());
    }

    @Test
    void shouldRefuseBytesThatAreNoIndex() {
        add(0, 100, 10);
        final byte[] bytes = index.encode();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(BatchIndex.decode(java.util.Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
        final byte[] disordered = bytes.clone();
        disordered[20 + 5 * 20] = 99;
        assertThat(BatchIndex.decode(disordered)).isNull();
        final byte[] countless = bytes.clone();
        countless[19] = 0x7f;
        assertThat(BatchIndex.decode(countless)).isNull();
    }
}
