package io.settlegate.gateway.desk;

import io.settlegate.gateway.records.CoveredIndex;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.Genesis;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty index that covers everything, and of which a test may say that a run was set aside. */
final class FakeIndex implements CoveredIndex {
    final AtomicInteger drops = new AtomicInteger();
    private final RecordIndex index;

    private FakeIndex(final RecordIndex index) {
        this.index = index;
    }

    static FakeIndex open(final Path directory) throws IOException {
        final Sm2PublicKey key = Sm2PrivateKey.generate(new SecureRandom()).publicKey();
        return new FakeIndex(RecordIndex.open(
                directory,
                new Genesis("SG-TEST", key, "320300", key, 1_700_000_000_000L, 1, 1, new byte[] {1}),
                (sequence, hash) -> true,
                RecordIndex.Access.WRITE));
    }

    void close() throws IOException {
        index.close();
    }

    @Override
    public RecordIndex await(final long sequence, final long timeoutMs) {
        return index;
    }

    @Override
    public long coveredThrough() {
        return 1;
    }

    @Override
    public boolean hasFailed() {
        return false;
    }

    @Override
    public int dropCount() {
        return drops.get();
    }
}
