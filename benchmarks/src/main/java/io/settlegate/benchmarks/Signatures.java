package io.settlegate.benchmarks;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.SecureRandom;

/** Signed messages under many keys, as the verify stage meets them. */
final class Signatures {
    static final int MESSAGE_LENGTH = 700;

    private final Sm2PrivateKey[] keys;
    private final byte[][] signed;

    Signatures(final int count) {
        final SecureRandom random = new SecureRandom();
        keys = new Sm2PrivateKey[count];
        signed = new byte[count][MESSAGE_LENGTH + Sm2Signer.SIGNATURE_LENGTH];
        for (int i = 0; i < count; i++) {
            keys[i] = Sm2PrivateKey.generate(random);
            random.nextBytes(signed[i]);
            new Sm2Signer(keys[i], random).sign(signed[i], 0, MESSAGE_LENGTH, signed[i], MESSAGE_LENGTH);
        }
    }

    Sm2PrivateKey key(final int index) {
        return keys[index];
    }

    byte[] signed(final int index) {
        return signed[index];
    }
}
