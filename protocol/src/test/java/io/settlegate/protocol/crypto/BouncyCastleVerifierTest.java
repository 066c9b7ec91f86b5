package io.settlegate.protocol.crypto;

class BouncyCastleVerifierTest extends SignatureVerifierContract {
    @Override
    SignatureVerifier verifier() {
        return new BouncyCastleVerifier();
    }
}
