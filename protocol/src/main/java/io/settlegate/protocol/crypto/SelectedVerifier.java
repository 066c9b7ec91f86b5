package io.settlegate.protocol.crypto;

/** Verifies on the path that {@link SignatureVerifiers} has selected, and goes over to another between two batches. One thread. */
final class SelectedVerifier implements SignatureVerifier {
    private final SignatureVerifiers owner;
    private SignaturePath path;
    private SignatureVerifier verifier;

    SelectedVerifier(final SignatureVerifiers owner) {
        this.owner = owner;
    }

    @Override
    public void verify(final SignatureBatch batch) {
        final SignatureSelection selected = owner.selection();
        if (selected.path() != path) {
            path = selected.path();
            verifier = owner.newVerifier(selected);
        }
        verifier.verify(batch);
    }
}
