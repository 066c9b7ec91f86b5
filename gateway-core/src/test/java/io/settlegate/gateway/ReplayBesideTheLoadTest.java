package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.BusyCity.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a gateway that settles at this moment, replayed: all equal, and nothing beyond what was durable. */
@Timeout(180)
class ReplayBesideTheLoadTest {
    private static final int SETTLEMENTS_AT_A_TIME = 32;
    private static final int REPLAYS = 4;

    private final AtomicBoolean isEnough = new AtomicBoolean();
    private final ExecutorService load = Executors.newSingleThreadExecutor();
    private BusyCity busy;

    @BeforeEach
    void start(@TempDir final Path directory) throws Exception {
        busy = new BusyCity(directory, 23);
        busy.doSomethingOfEverything();
    }

    @AfterEach
    void stop() throws Exception {
        isEnough.set(true);
        load.shutdown();
        assertThat(load.awaitTermination(60, TimeUnit.SECONDS))
                .as("the load ends")
                .isTrue();
        busy.close();
    }

    private Void settleUntilEnough() throws Exception {
        while (!isEnough.get()) {
            busy.settle(SETTLEMENTS_AT_A_TIME);
        }
        return null;
    }

    private long lastDurable() throws IOException {
        final Result tail = BusyCity.run("journal", "tail", busy.data(), "-n", "1", "--json");
        return new ObjectMapper().readTree(tail.out()).get("sequence").asLong();
    }

    @Test
    void shouldReplayUpToTheDurableMarkOfARunningGateway() throws Exception {
        final Future<Void> settling = load.submit(this::settleUntilEnough);
        long earlier = -1;
        for (int i = 0; i < REPLAYS; i++) {
            final long before = lastDurable();
            final Result replayed = BusyCity.run("replay", busy.data(), "--verify-signatures", "--json");
            final long after = lastDurable();
            assertThat(replayed.exitCode())
                    .as("%s%n%s", replayed.out(), replayed.err())
                    .isZero();
            final JsonNode document = new ObjectMapper().readTree(replayed.out());
            assertThat(document.get("mismatches").asLong()).isZero();
            assertThat(document.at("/signatures/findings").asLong()).isZero();
            final JsonNode stop = document.get("stop");
            final long last = stop.get("lastSequence").asLong();
            assertThat(last).isBetween(before, after);
            assertThat(document.get("records").asLong()).isEqualTo(last + 1);
            assertThat(stop.get("isUnderLastSeal").asBoolean())
                    .as("a batch is replayed whole")
                    .isTrue();
            assertThat(stop.get("lastSealedSequence").asLong()).isEqualTo(last);
            assertThat(last).as("the gateway went on").isGreaterThan(earlier);
            earlier = last;
        }
        isEnough.set(true);
        settling.get(60, TimeUnit.SECONDS);
    }
}
