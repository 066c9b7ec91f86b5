package io.settlegate.protocol.crypto;

/** Lanes that agree, taken at once; correct, though slow, on machines whose vectors are shorter too. */
class TrustedSm3BatchTest extends Sm3BatchContract {
    @Override
    Sm3Batch batch(final int capacity) {
        return Sm3Batch.inAgreeingLanes(capacity, VectorClasses.blockLanes(), LaneAgreement.Standing.TRUSTED);
    }
}
