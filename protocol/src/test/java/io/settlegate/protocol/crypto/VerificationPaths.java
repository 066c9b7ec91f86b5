package io.settlegate.protocol.crypto;

import java.util.LinkedHashMap;
import java.util.Map;

/** The five ways in which a signature may be verified. */
final class VerificationPaths {
    private VerificationPaths() {}

    /** By name; those called prepared build tables for all keys of a batch before it is verified. */
    static Map<String, SignatureVerifier> all(final KeyTables tables) {
        final Map<String, SignatureVerifier> paths = new LinkedHashMap<>();
        paths.put("bouncycastle", new BouncyCastleVerifier());
        paths.put("scalar, prepared", new PreparingVerifier(new ScalarVerifier(tables), tables));
        paths.put("scalar, unprepared", new ScalarVerifier(KeyTables.none()));
        paths.put("lanes, prepared", new PreparingVerifier(lanes(tables), tables));
        paths.put("lanes, unprepared", lanes(KeyTables.none()));
        return paths;
    }

    private static LaneVerifier lanes(final KeyTables tables) {
        return new LaneVerifier(SignatureSelection.lanes().orElseThrow(), tables);
    }
}
