package io.settlegate.protocol.crypto;

/** Without lanes. */
class ScalarSm3BatchTest extends Sm3BatchContract {
    @Override
    Sm3Batch batch(final int capacity) {
        return new Sm3Batch(capacity, null);
    }
}
