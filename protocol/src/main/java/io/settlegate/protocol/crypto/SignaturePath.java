package io.settlegate.protocol.crypto;

import java.util.Locale;

/** The ways to verify a signature, the fastest first. All give the same verdicts. */
public enum SignaturePath {
    /** {@link LaneVerifier}: eight at a time, in the lanes of a vector unit. */
    VECTOR,
    /** {@link ScalarVerifier}: portable Java. */
    SCALAR,
    /** {@link BouncyCastleVerifier}: the library. */
    BOUNCYCASTLE;

    /** As settings, logs, and metrics write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
