package io.settlegate.protocol.crypto;

import java.security.SecureRandom;
import java.util.function.Function;

/**
 * Measures verifiers on eight signatures under eight keys with tables. The best batch counts, since whatever disturbs makes
 * slower; batches go on until the best has stood for some time, as the compilers need their while.
 *
 * <p>One thread.
 */
final class PathMeasurement {
    /** No path is measured longer; a single batch may overrun it. Vector code takes a second or so to be compiled. */
    static final long LIMIT_NS = 30_000_000_000L;

    private static final int COUNT = 8;
    private static final int MESSAGE_LENGTH = 200;
    private static final long SETTLED_NS = 150_000_000L;
    private static final int SETTLED_BATCHES = 20;

    private final KeyTables tables = new KeyTables((long) COUNT * KeyTables.TABLE_BYTES);
    private final SignatureBatch batch = new SignatureBatch(COUNT);

    PathMeasurement() {
        final SecureRandom random = new SecureRandom();
        for (int i = 0; i < COUNT; i++) {
            final Sm2PrivateKey key = Sm2PrivateKey.generate(random);
            final byte[] signed = new byte[MESSAGE_LENGTH + Sm2Signer.SIGNATURE_LENGTH];
            new Sm2Signer(key, random).sign(signed, 0, MESSAGE_LENGTH, signed, MESSAGE_LENGTH);
            tables.prepareNow(key.publicKey());
            batch.add(key.publicKey(), signed, 0, MESSAGE_LENGTH);
        }
        tables.close();
    }

    /**
     * Verifications per second; 0 for a verifier that refuses a good signature, if only at first, which then is not chosen.
     *
     * @param expected a verifier below this rate is given the whole time, as the compilers may be at it still.
     */
    long ratePerSecond(final Function<KeyTables, SignatureVerifier> factory, final long expected) {
        final SignatureVerifier verifier = factory.apply(tables);
        final long startNs = System.nanoTime();
        long bestNs = Long.MAX_VALUE;
        long bestAtNs = startNs;
        long nowNs = startNs;
        int batchesSinceBest = 0;
        while (nowNs - startNs < LIMIT_NS
                && (nowNs - bestAtNs < SETTLED_NS || batchesSinceBest < SETTLED_BATCHES || rate(bestNs) < expected)) {
            verifier.verify(batch);
            final long endNs = System.nanoTime();
            if (!isRight() || verifier.overruledCount() > 0) {
                return 0;
            }
            batchesSinceBest++;
            // Small gains at the end are noise, and no reason to go on.
            if (endNs - nowNs < bestNs - bestNs / 16) {
                bestAtNs = endNs;
                batchesSinceBest = 0;
            }
            bestNs = Math.min(bestNs, endNs - nowNs);
            nowNs = endNs;
        }
        return rate(bestNs);
    }

    private static long rate(final long batchNs) {
        return COUNT * 1_000_000_000L / Math.max(1, batchNs);
    }

    private boolean isRight() {
        for (int i = 0; i < COUNT; i++) {
            if (!batch.verdict(i)) {
                return false;
            }
        }
        return true;
    }
}
