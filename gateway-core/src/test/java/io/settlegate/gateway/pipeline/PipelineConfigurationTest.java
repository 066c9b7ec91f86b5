package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.pipeline.PipelineConfiguration.Threads;
import io.settlegate.journal.Journal;
import org.junit.jupiter.api.Test;

final class PipelineConfigurationTest {
    private static final int RING_SIZE = 1 << 16;

    /** A batch that the journal cannot hold would stop the process under load, and only then. */
    @Test
    void shouldRefuseABatchThatNoSealCovers() {
        final int limit = Journal.MAX_BATCH_COUNT;
        assertThat(new PipelineConfiguration(RING_SIZE, 2, limit, Threads.SHARED).maxBatchSize())
                .isEqualTo(limit);
        assertThatThrownBy(() -> new PipelineConfiguration(RING_SIZE, 2, limit + 1, Threads.SHARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxBatchSize " + (limit + 1) + " is above " + limit);
    }

    @Test
    void shouldRefuseABatchLargerThanTheRing() {
        assertThatThrownBy(() -> new PipelineConfiguration(64, 2, 65, Threads.SHARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxBatchSize 65 is not between 1 and 64");
    }
}
