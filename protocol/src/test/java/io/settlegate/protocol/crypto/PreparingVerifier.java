package io.settlegate.protocol.crypto;

/** Builds the tables of all keys of a batch before it is verified. */
final class PreparingVerifier implements SignatureVerifier {
    private final SignatureVerifier verifier;
    private final KeyTables tables;

    PreparingVerifier(final SignatureVerifier verifier, final KeyTables tables) {
        this.verifier = verifier;
        this.tables = tables;
    }

    @Override
    public void verify(final SignatureBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            if (!tables.isPrepared(batch.key(i))) {
                tables.prepareNow(batch.key(i));
            }
        }
        verifier.verify(batch);
    }
}
