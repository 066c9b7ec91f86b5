package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SegmentReader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The leaves that are asked first may be wrong: they are made in the lanes of a vector unit. */
class ChainVerifierTest {
    private static final int RECORDS = 40;
    private static final int BATCH = 10;

    private final List<UnsafeBuffer> records = records();

    @Test
    void shouldTakeAGoodJournalAlthoughTheFirstHashesAreWrong() {
        final ChainVerifier verifier = new ChainVerifier(wrongLeaves());
        for (final UnsafeBuffer record : records) {
            assertThat(verifier.accept(record)).isNull();
            if (verifier.sealed() != null) {
                verifier.closeBatch();
            }
        }
        assertThat(verifier.chain().nextSequence()).isGreaterThan(RECORDS);
    }

    @Test
    void shouldStillNameDamage() {
        final ChainVerifier verifier = new ChainVerifier();
        // Under the last seal a record is missing.
        records.remove(records.size() - 2);
        final List<String> faults = new ArrayList<>();
        for (final UnsafeBuffer record : records) {
            final String fault = verifier.accept(record);
            if (fault != null) {
                faults.add(fault);
            } else if (verifier.sealed() != null) {
                verifier.closeBatch();
            }
        }
        assertThat(faults).containsExactly("leaves");
    }

    /** Leaves of records that no journal here holds. */
    private static BatchLeaves wrongLeaves() {
        final BatchLeaves leaves = new BatchLeaves();
        final UnsafeBuffer text = Fixture.text("of another journal");
        leaves.add(7, 7, text, 0, 18, text, 0, 18, text, 0, 18);
        return leaves;
    }

    private static List<UnsafeBuffer> records() {
        final MemoryStore store = new MemoryStore(new MemoryFaults(1));
        Fixture.found(store);
        try (Journal journal = Fixture.open(store, new Recorded())) {
            for (int i = 0; i < RECORDS; i++) {
                Fixture.append(journal, "x", i);
                if ((i + 1) % BATCH == 0) {
                    journal.commit(0, 0);
                }
            }
        }
        final List<UnsafeBuffer> records = new ArrayList<>();
        for (final int segment : store.segments()) {
            try (SegmentReader reader = new SegmentReader(store, segment)) {
                while (reader.next()) {
                    final byte[] copy = new byte[reader.record().capacity()];
                    reader.record().getBytes(0, copy);
                    records.add(new UnsafeBuffer(copy));
                }
            }
        }
        return records;
    }
}
