package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A journal that an earlier build wrote, under these rules or older ones, replays to the same outcomes and the same state. If this fails, the rules
 * have changed: then their version must rise, and the old rules stay.
 */
@Timeout(120)
final class StoredJournalTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"rules-2-visit", "rules-2-stay", "rules-3-visit", "rules-3-stay"})
    void shouldReplayAsItWasWritten(final String journal) throws IOException {
        JournalArchive.extract(journal + ".zip", data);
        final JsonNode found = new ObjectMapper().readTree(SmallCity.run("replay", data.toString(), "--json"));
        assertThat(found.get("mismatches").asLong()).isZero();
        assertThat(found.get("stateHashRecomputed").asBoolean()).isTrue();
        assertThat(found.get("settlements").asLong()).as("of all kinds").isPositive();
        assertThat(found.get("stateHash").asText())
                .isEqualTo(found.get("sealedStateHash").asText());
    }
}
