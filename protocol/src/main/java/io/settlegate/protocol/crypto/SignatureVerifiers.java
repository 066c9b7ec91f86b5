package io.settlegate.protocol.crypto;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a process verifies signatures with: the path selected, the tables of keys that its verifiers share, and what became of them.
 *
 * <p>Any thread; each verifier belongs to the thread it was made for. Close stops the building of tables.
 */
public final class SignatureVerifiers implements AutoCloseable {
    private final SignatureSelection selection;
    private final KeyTables tables;
    private final List<SignatureVerifier> verifiers = new CopyOnWriteArrayList<>();

    /** @param tablesLength bytes that tables of keys may take outside the heap; {@value KeyTables#TABLE_BYTES} each. */
    public SignatureVerifiers(final SignatureSelection selection, final long tablesLength) {
        this.selection = selection;
        // The library keeps multiples of its own.
        this.tables = selection.path() == SignaturePath.BOUNCYCASTLE ? KeyTables.none() : new KeyTables(tablesLength);
    }

    /** A verifier for one thread. */
    public SignatureVerifier newVerifier() {
        final SignatureVerifier verifier = selection.newVerifier(tables);
        verifiers.add(verifier);
        return verifier;
    }

    /** The key will be met often: its table is built beside, if there is room for one. Returns at once. */
    public void prepare(final Sm2PublicKey key) {
        tables.prepare(key);
    }

    public SignatureSelection selection() {
        return selection;
    }

    public KeyTables tables() {
        return tables;
    }

    /** {@link SignatureVerifier#overruledCount()} of all verifiers. */
    public long overruledCount() {
        long count = 0;
        for (final SignatureVerifier verifier : verifiers) {
            count += verifier.overruledCount();
        }
        return count;
    }

    @Override
    public void close() {
        tables.close();
    }
}
