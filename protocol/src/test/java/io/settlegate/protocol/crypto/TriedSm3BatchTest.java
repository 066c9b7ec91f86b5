package io.settlegate.protocol.crypto;

/** Lanes on trial, which scalar code answers for; correct, though slow, on machines whose vectors are shorter too. */
class TriedSm3BatchTest extends Sm3BatchContract {
    @Override
    Sm3Batch batch(final int capacity) {
        return Sm3Batch.inAgreeingLanes(capacity, VectorClasses.blockLanes(), LaneAgreement.Standing.ON_TRIAL);
    }
}
