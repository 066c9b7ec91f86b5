package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class ChronicleJournalTest extends ChronicleJournalContract {
    ChronicleJournalTest() {
        super(SnapshotTiming.NEVER);
    }

    @Test
    void shouldRefuseGarbageInChroniclesMetadataWithAdvice() throws IOException {
        Fixture.found(store());
        Files.write(directory.resolve("segment-00000000/metadata.cq4t"), new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7});
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("metadata.cq4t")
                .hasMessageContaining("move it away");
    }

    @Test
    void shouldRefuseGarbageAtTheStartOfChroniclesFile() {
        Fixture.found(store());
        Fixture.open(store(), new Recorded()).close();
        for (int bit = 0; bit < 8; bit++) {
            flipBit(0, 1, bit);
        }
        assertThatThrownBy(() -> Fixture.open(store(), new Recorded())).isInstanceOf(JournalDamagedException.class);
    }
}
