package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.journal.RefusedSnapshot;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots on real files, made by a process beside a gateway that works; kills, damage, and what a start then begins from. */
@Timeout(180)
class SnapshotRestartTest {
    private static final long DEADLINE_MS = 60_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<SignedRequest, Answer> answered = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    private SmallCity city;

    @BeforeEach
    void found() throws IOException {
        city = SmallCity.found(Files.createDirectory(directory.resolve("own")));
    }

    private TerminalClient connect(final ServeProcess gateway, final int terminalNumber) throws Exception {
        return TerminalClient.connect(
                city.endpoint(gateway.address()),
                city.terminals().get(terminalNumber),
                ClientTiming.DEFAULT,
                Clock.systemUTC());
    }

    private void settle(final TerminalClient client, final int terminalNumber, final int count) throws Exception {
        final TerminalIdentity terminal = city.terminals().get(terminalNumber);
        for (int i = 0; i < count; i++) {
            final SignedRequest request = client.requests()
                    .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
            final Answer answer = client.send(request).get(20, TimeUnit.SECONDS);
            assertThat(answer.code()).as("seed %d", seed).isEqualTo(ResultCode.OK);
            answered.put(request, answer);
        }
    }

    /** A snapshot by a second process, while the terminal goes on. */
    private void snapshotUnderLoad(final TerminalClient client) throws Exception {
        final CompletableFuture<SnapshotChild.Ending> ending = new CompletableFuture<>();
        final Thread beside = new Thread(() -> {
            try {
                ending.complete(new SnapshotChild(city.data(), DEADLINE_MS).run());
            } catch (final InterruptedException | RuntimeException e) {
                ending.completeExceptionally(e);
            }
        });
        beside.start();
        while (!ending.isDone()) {
            settle(client, 0, 5);
            Thread.sleep(20);
        }
        assertThat(ending.get(1, TimeUnit.SECONDS).words()).isEmpty();
    }

    private List<Long> snapshots() {
        try (Store store = new DataDirectory(city.data()).store()) {
            return store.snapshots().sequences();
        }
    }

    private Path fileOf(final long sequence) {
        try (Store store = new DataDirectory(city.data()).store()) {
            return Path.of(store.snapshots().describe(sequence));
        }
    }

    private JsonNode replay() throws IOException {
        return new ObjectMapper().readTree(SmallCity.run("replay", city.data().toString(), "--json"));
    }

    /** Two snapshots and some records after them, then SIGKILL. */
    private void workAndKill() throws Exception {
        try (ServeProcess gateway = ServeProcess.start(city.data());
                TerminalClient client = connect(gateway, 0)) {
            settle(client, 0, 10);
            snapshotUnderLoad(client);
            settle(client, 0, 10);
            snapshotUnderLoad(client);
            settle(client, 0, 10);
            gateway.kill();
        }
        assertThat(snapshots()).hasSize(2);
    }

    @Test
    void shouldStartFromASnapshotAndAnswerAsTheWholeJournalDoes() throws Exception {
        workAndKill();
        final long newest = snapshots().get(1);
        try (ServeProcess gateway = ServeProcess.start(city.data())) {
            assertThat(gateway.said()).contains(String.format("began at the snapshot up to record %d", newest));
            try (TerminalClient client = connect(gateway, 0)) {
                for (final Map.Entry<SignedRequest, Answer> entry : answered.entrySet()) {
                    final Answer again = client.send(entry.getKey()).get(20, TimeUnit.SECONDS);
                    assertThat(again.kind()).as("seed %d", seed).isEqualTo(ReplyKind.REPEAT);
                    assertThat(again.outcome())
                            .as("seed %d", seed)
                            .isEqualTo(entry.getValue().outcome());
                }
            }
            assertThat(answered).as("before the snapshots, between, and after").hasSizeGreaterThan(29);
            try (TerminalClient client = connect(gateway, 5)) {
                settle(client, 5, 10);
            }
            gateway.stop();
        }
        // What the gateway answered since it began at the snapshot is compared with what the whole journal gives.
        final JsonNode replay = replay();
        assertThat(replay.get("mismatches").asLong()).as("seed %d", seed).isZero();
        assertThat(replay.get("stateHashRecomputed").asBoolean()).isTrue();
        assertThat(replay.get("settlements").asInt()).isEqualTo(answered.size());
        assertThat(explained()).isEqualTo(withoutSnapshots(this::explained));
        try (OpenGateway opened = OpenGateway.recover(new DataDirectory(city.data()), DurabilityLevel.BATCH)) {
            assertThat(opened.journal().begunFrom().sequence()).isEqualTo(newest);
            assertThat(opened.terminalKeys().count()).isEqualTo(city.terminals().size());
            assertThat(String.format(
                            "%016x%016x",
                            opened.engine().stateHashHigh(), opened.engine().stateHashLow()))
                    .isEqualTo(replay.get("stateHash").asText());
            assertThat(opened.engine().ledgerSumFen()).isZero();
        }
    }

    /** Of before the first snapshot, between, and after the second. */
    private List<String> explained() {
        final List<Answer> all = List.copyOf(answered.values());
        return Stream.of(0, 5, all.size() / 2, all.size() - 1)
                .map(all::get)
                .map(answer -> SmallCity.run(
                        "explain", city.data().toString(), answer.settlement().setlId(), "--json"))
                .toList();
    }

    private <T> T withoutSnapshots(final Supplier<T> action) throws IOException {
        final Path there = fileOf(snapshots().get(0)).getParent();
        final Path elsewhere = directory.resolve("put-away");
        Files.move(there, elsewhere);
        try {
            return action.get();
        } finally {
            Files.move(elsewhere, there);
        }
    }

    @Test
    void shouldPassOverADamagedSnapshotAndAForeignOne() throws Exception {
        workAndKill();
        final long newest = snapshots().get(1);
        final long older = snapshots().get(0);
        final byte[] whole = Files.readAllBytes(fileOf(newest));
        final byte[] damaged = whole.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(fileOf(newest), damaged);
        assertBegins(older, newest, "");
        Files.write(fileOf(newest), whole);

        final SmallCity other = SmallCity.found(Files.createDirectory(directory.resolve("other")));
        SmallCity.run("journal", "snapshot", other.data().toString());
        final Path foreign;
        try (Store store = new DataDirectory(other.data()).store()) {
            foreign = Path.of(
                    store.snapshots().describe(store.snapshots().sequences().get(0)));
        }
        Files.write(fileOf(newest), Files.readAllBytes(foreign));
        assertBegins(older, newest, "foreign");
        Files.write(fileOf(older), Files.readAllBytes(foreign));
        assertBegins(-1, newest, "foreign");
        final JsonNode info = new ObjectMapper()
                .readTree(SmallCity.run("journal", "info", city.data().toString(), "--json"));
        assertThat(info.get("snapshots")).hasSize(2);
        assertThat(replay().get("mismatches").asLong()).isZero();
    }

    private void assertBegins(final long sequence, final long refusedSequence, final String word) throws IOException {
        try (OpenGateway opened = OpenGateway.recover(new DataDirectory(city.data()), DurabilityLevel.BATCH)) {
            assertThat(opened.journal().begunFrom().sequence())
                    .as("seed %d", seed)
                    .isEqualTo(sequence);
            final RefusedSnapshot refused =
                    opened.journal().begunFrom().refused().get(0);
            assertThat(refused.sequence()).as("seed %d", seed).isEqualTo(refusedSequence);
            assertThat(refused.reason()).as("seed %d", seed).isNotBlank().contains(word);
            assertThat(opened.terminalKeys().count()).isEqualTo(city.terminals().size());
            assertThat(opened.engine().recomputeStateHashHigh())
                    .isEqualTo(opened.engine().stateHashHigh());
        }
    }

    @Test
    void shouldKeepTheNewestAndMakeNoneTwice() throws Exception {
        try (OpenGateway opened = OpenGateway.recover(new DataDirectory(city.data()), DurabilityLevel.BATCH)) {
            assertThat(opened.journal().begunFrom().isFromSnapshot()).isFalse();
        }
        final JsonNode first = snapshot("--keep", "2");
        assertThat(first.get("made").asBoolean()).isTrue();
        assertThat(first.get("begunFromSequence").asLong()).isEqualTo(-1);
        assertThat(snapshot("--keep", "2").get("made").asBoolean())
                .as("up to date")
                .isFalse();
        for (int i = 0; i < 2; i++) {
            // A start is a record.
            OpenGateway.recover(new DataDirectory(city.data()), DurabilityLevel.BATCH)
                    .close();
            assertThat(snapshot("--keep", "2").get("made").asBoolean()).isTrue();
        }
        assertThat(snapshots()).hasSize(2).doesNotContain(first.get("sequence").asLong());
    }

    private JsonNode snapshot(final String... options) throws IOException {
        final String[] arguments = {"journal", "snapshot", city.data().toString(), "--json", options[0], options[1]};
        return new ObjectMapper().readTree(SmallCity.run(arguments));
    }
}
