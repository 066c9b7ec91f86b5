package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.SecureRandom;

/** Signed messages under many keys, as the verify stage meets them. */
final class Signatures {
    private final Sm2PrivateKey[] keys;
    private final byte[][] signed;

    Signatures(final int count, final int messageLength) {
        final SecureRandom random = new SecureRandom();
        keys = new Sm2PrivateKey[count];
        signed = new byte[count][messageLength + Sm2Signer.SIGNATURE_LENGTH];
        for (int i = 0; i < count; i++) {
            keys[i] = Sm2PrivateKey.generate(random);
            random.nextBytes(signed[i]);
            new Sm2Signer(keys[i], random).sign(signed[i], 0, messageLength, signed[i], messageLength);
        }
    }

    Sm2PrivateKey key(final int index) {
        return keys[index];
    }

    byte[] signed(final int index) {
        return signed[index];
    }
}
