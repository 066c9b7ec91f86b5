package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.SignatureBatch;
import io.settlegate.protocol.crypto.SignatureVerifier;

/**
 * Says yes to every signature, so that a benchmark sees the rest of the line. It stands in the benchmarks module alone: no
 * product class path has it.
 *
 * <p>Any number of threads; it keeps nothing.
 */
final class AcceptingVerifier implements SignatureVerifier {
    @Override
    public void verify(final SignatureBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            batch.verdict(i, true);
        }
    }
}
