package io.settlegate.protocol.crypto;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What a process verifies signatures with: the path selected, the tables of keys that its verifiers share, and what became of them.
 *
 * <p>Nobody waits for the selection. Verifiers take scalar code until the paths are measured, on a thread of their own, and
 * then go over between two batches: vector code that is not compiled yet is slower by far than any other.
 *
 * <p>Any thread; each verifier belongs to the thread it was made for. Close stops the building of tables.
 */
public final class SignatureVerifiers implements AutoCloseable {
    private final KeyTables tables;
    private final List<SignatureVerifier> verifiers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<SignatureSelection> settled = new CompletableFuture<>();
    private volatile SignatureSelection selection;
    private volatile boolean closed;

    /**
     * @param setting one of {@link SignatureSelection#SETTINGS}.
     * @param tablesLength bytes that tables of keys may take outside the heap; {@value KeyTables#TABLE_BYTES} each.
     * @param listener hears of the selection once, on the measuring thread; not after {@link #close()}.
     * @throws IllegalArgumentException for another setting.
     */
    public SignatureVerifiers(
            final String setting, final long tablesLength, final Consumer<SignatureSelection> listener) {
        SignatureSelection.check(setting);
        selection = SignatureSelection.provisional();
        // The library keeps multiples of its own.
        tables = setting.equals(SignaturePath.BOUNCYCASTLE.label()) ? KeyTables.none() : new KeyTables(tablesLength);
        settled.thenAccept(listener);
        final Thread measuring = new Thread(() -> settle(setting), "signature-selection");
        measuring.setDaemon(true);
        measuring.start();
    }

    private void settle(final String setting) {
        try {
            final SignatureSelection selected = SignatureSelection.of(setting);
            selection = selected;
            if (!closed) {
                settled.complete(selected);
            }
        } catch (final RuntimeException | Error e) {
            selection = SignatureSelection.unmeasured(e);
            settled.complete(selection);
        }
    }

    /** A verifier for one thread. */
    public SignatureVerifier newVerifier() {
        return new SelectedVerifier(this);
    }

    /** For {@link SelectedVerifier}: what it goes over to. */
    SignatureVerifier newVerifier(final SignatureSelection selected) {
        final SignatureVerifier verifier = selected.newVerifier(tables);
        verifiers.add(verifier);
        return verifier;
    }

    /** The key will be met often: its table is built beside, if there is room for one. Returns at once. */
    public void prepare(final Sm2PublicKey key) {
        tables.prepare(key);
    }

    /** As it stands now. */
    public SignatureSelection selection() {
        return selection;
    }

    /** Waits until the paths are measured; for ever, if it is closed before. */
    public SignatureSelection settled() {
        return settled.join();
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
        closed = true;
        tables.close();
    }
}
