package io.settlegate.protocol.crypto;

/** Every key gets its table at the first sight, so that the contract runs on tables. */
class ScalarVerifierTest extends SignatureVerifierContract {
    private final KeyTables tables = new KeyTables(64L * KeyTables.TABLE_BYTES);

    @Override
    SignatureVerifier verifier() {
        return new PreparingVerifier(new ScalarVerifier(tables), tables);
    }
}
