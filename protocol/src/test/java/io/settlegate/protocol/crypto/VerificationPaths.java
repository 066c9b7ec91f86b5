package io.settlegate.protocol.crypto;

import java.util.LinkedHashMap;
import java.util.Map;

/** The five ways in which a signature may be verified. */
final class VerificationPaths {
    static final String BOUNCYCASTLE = "bouncycastle";
    static final String SCALAR = "scalar, prepared";
    static final String UNPREPARED_SCALAR = "scalar, unprepared";
    static final String LANES = "lanes, prepared";
    static final String UNPREPARED_LANES = "lanes, unprepared";

    private VerificationPaths() {}

    /** By name; those called prepared build tables for all keys of a batch before it is verified. */
    static Map<String, SignatureVerifier> all(final KeyTables tables) {
        final Map<String, SignatureVerifier> paths = new LinkedHashMap<>();
        paths.put(BOUNCYCASTLE, new BouncyCastleVerifier());
        paths.put(SCALAR, new PreparingVerifier(new ScalarVerifier(tables), tables));
        paths.put(UNPREPARED_SCALAR, new ScalarVerifier(KeyTables.none()));
        paths.put(LANES, new PreparingVerifier(lanes(tables), tables));
        paths.put(UNPREPARED_LANES, lanes(KeyTables.none()));
        return paths;
    }

    private static LaneVerifier lanes(final KeyTables tables) {
        return new LaneVerifier(SignatureSelection.lanes().orElseThrow(), tables);
    }
}
