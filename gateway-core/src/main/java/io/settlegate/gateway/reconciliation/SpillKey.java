package io.settlegate.gateway.reconciliation;

import io.settlegate.journal.Genesis;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The key by which rows are spread over the partitions of a {@link Spill}. Those who send rows choose their numbers, and must not be able to
 * choose that all of them fall together: hence SipHash-2-4 under a key that they do not know.
 *
 * <p>Immutable; any thread.
 */
public final class SpillKey {
    private static final int LENGTH = 16;
    private static final byte[] PURPOSE = "settlegate spill of rows".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    private SpillKey(final byte[] key) {
        this.key = key;
    }

    /** Another one each time. */
    public static SpillKey random() {
        final byte[] key = new byte[LENGTH];
        new SecureRandom().nextBytes(key);
        return new SpillKey(key);
    }

    /** The same for a journal always, so that a comparison that is made again tells its findings in the same order. */
    public static SpillKey of(final Genesis genesis) {
        final Sm3 sm3 = new Sm3();
        sm3.update(PURPOSE, 0, PURPOSE.length);
        // They hold the random key of the engine's hashes, which stands nowhere but in the journal.
        final byte[] parameters = genesis.engineParameters();
        sm3.update(parameters, 0, parameters.length);
        final byte[] digest = new byte[Sm3.LENGTH];
        sm3.digest(digest, 0);
        return new SpillKey(ByteBuffer.allocate(LENGTH).put(digest, 0, LENGTH).array());
    }

    /** For rows that fell together under this one. */
    SpillKey next() {
        final byte[] next = key.clone();
        next[0]++;
        return new SpillKey(next);
    }

    /** A hash of its own for each thread. */
    SipHash newHash() {
        final SipHash hash = new SipHash();
        hash.init(new KeyParameter(key));
        return hash;
    }
}
