package io.settlegate.protocol.crypto;

/** The lanes, with keys that have no table. */
class UnpreparedLaneVerifierTest extends SignatureVerifierContract {
    @Override
    SignatureVerifier verifier() {
        return new LaneVerifier(SignatureSelection.lanes().orElseThrow(), KeyTables.none());
    }
}
