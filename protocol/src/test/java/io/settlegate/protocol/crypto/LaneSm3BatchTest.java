package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.sm3.BlockLanes;

/** With lanes; correct, though slow, on machines whose vectors are shorter too. */
class LaneSm3BatchTest extends Sm3BatchContract {
    @Override
    Sm3Batch batch(final int capacity) {
        final BlockLanes lanes = VectorClasses.blockLanes();
        assertThat(lanes)
                .as("the tests run with --add-modules jdk.incubator.vector")
                .isNotNull();
        return new Sm3Batch(capacity, lanes);
    }
}
