package io.settlegate.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.SmallCity;
import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A failure of either thread ends both. */
@Timeout(60)
class IndexThreadTest {
    private static final long ENOUGH_MS = 30_000;

    @TempDir
    private Path directory;

    @Test
    void shouldAddNothingMoreOnceAMergeFailed() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        try (Store store = ChronicleStore.in(city.data().resolve("journal"), ChronicleConfiguration.defaults());
                IndexThread indexing = IndexThread.start(store, directory.resolve("index"), () -> 0)) {
            assertThat(indexing.await(0, ENOUGH_MS)).isNotNull();
            indexing.fail(new IOException("planted: no space left"));
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENOUGH_MS);
            while (!indexing.hasEnded() && System.nanoTime() < deadlineNs) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(indexing.hasEnded()).as("both threads").isTrue();
            assertThat(indexing.await(0, 0)).isNull();
        }
    }
}
