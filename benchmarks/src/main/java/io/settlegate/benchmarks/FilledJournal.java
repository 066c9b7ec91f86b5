package io.settlegate.benchmarks;

import io.settlegate.journal.Journal;
import io.settlegate.journal.SealedBatch;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal on the disk, filled with batches of one size. Records are as long as those of a three-line settlement: 800 bytes of
 * command, 700 of outcome, 24 internal.
 *
 * <p>For one thread.
 */
final class FilledJournal implements AutoCloseable {
    static final int OUTCOME_LENGTH = 700;

    private static final int COMMAND_LENGTH = 800;
    private static final int INTERNAL_LENGTH = 24;
    private static final long SEED = 17;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TemporaryDirectory directory;
    private final Store store;
    private final Journal journal;
    private final long firstSequence;
    private final int recordCount;
    private SealedBatch lastBatch;

    FilledJournal(final int batchSize, final int recordCount) throws IOException {
        this.recordCount = recordCount;
        directory = new TemporaryDirectory("filled");
        store = ChronicleStore.in(directory.path().resolve("journal"));
        journal = SampleJournal.open(store, DurabilityLevel.BATCH, new byte[0]);
        firstSequence = journal.nextSequence();
        final UnsafeBuffer command = new UnsafeBuffer(new byte[COMMAND_LENGTH]);
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[OUTCOME_LENGTH]);
        final UnsafeBuffer internal = new UnsafeBuffer(new byte[INTERNAL_LENGTH]);
        final long startMs = journal.lastTimeMs();
        for (int i = 0; i < recordCount; i++) {
            final long sequence = journal.nextSequence();
            command.putLong(0, sequence);
            journal.append(
                    sequence,
                    startMs + i,
                    1,
                    1,
                    command,
                    0,
                    COMMAND_LENGTH,
                    outcome,
                    0,
                    OUTCOME_LENGTH,
                    internal,
                    0,
                    INTERNAL_LENGTH);
            if ((i + 1) % batchSize == 0 || i + 1 == recordCount) {
                lastBatch = journal.commit(1, 2);
            }
        }
    }

    Journal journal() {
        return journal;
    }

    /** The batch that was sealed last. */
    SealedBatch lastBatch() {
        return lastBatch;
    }

    /** The sequence of any record. */
    long anySequence() {
        return firstSequence + random.nextInt(recordCount);
    }

    @Override
    public void close() throws IOException {
        journal.close();
        store.close();
        directory.close();
    }
}
