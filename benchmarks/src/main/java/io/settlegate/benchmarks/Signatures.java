package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.SecureRandom;
import java.util.stream.IntStream;

/** Signed messages under many keys, as the verify stage meets them. */
final class Signatures {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Sm2PrivateKey[] keys;
    private final byte[][] signed;

    Signatures(final int count, final int messageLength) {
        keys = new Sm2PrivateKey[count];
        signed = new byte[count][messageLength + Sm2Signer.SIGNATURE_LENGTH];
        IntStream.range(0, count).parallel().forEach(i -> sign(i, messageLength));
    }

    private void sign(final int index, final int messageLength) {
        keys[index] = Sm2PrivateKey.generate(RANDOM);
        RANDOM.nextBytes(signed[index]);
        new Sm2Signer(keys[index], RANDOM).sign(signed[index], 0, messageLength, signed[index], messageLength);
    }

    Sm2PrivateKey key(final int index) {
        return keys[index];
    }

    byte[] signed(final int index) {
        return signed[index];
    }
}
