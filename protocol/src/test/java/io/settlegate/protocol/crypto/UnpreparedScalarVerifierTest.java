package io.settlegate.protocol.crypto;

/** No key has a table. */
class UnpreparedScalarVerifierTest extends SignatureVerifierContract {
    @Override
    SignatureVerifier verifier() {
        return new ScalarVerifier(KeyTables.none());
    }
}
