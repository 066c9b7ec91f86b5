package io.settlegate.gateway.powercut;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.Gateway;
import io.settlegate.gateway.GatewayInProcess;
import io.settlegate.gateway.SmallCity;
import io.settlegate.journal.JournalDamagedException;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.ReplyKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts on real files. A gateway process settles; it is killed; its files are put back to what was forced plus a random
 * part of the rest; a gateway starts on them, and every settlement that a terminal heard of must come back as a repeat with the
 * same outcome and the same receipt.
 */
class PowerCutTest {
    private static final int CLIENTS = 4;
    private static final int IN_FLIGHT = 4;
    private static final ClientTiming TIMING = new ClientTiming(5_000, 20_000, 5_000, 50);

    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    void shouldLoseNothingInAPowerCut() throws Exception {
        assertLosesNothing(3);
    }

    @Test
    @Tag("long")
    @Timeout(2400)
    void shouldLoseNothingInAHundredPowerCuts() throws Exception {
        assertLosesNothing(100);
    }

    /** The same test on a gateway that answers before it forces. If this did not find losses the test would prove nothing. */
    @Test
    @Timeout(180)
    void shouldNoticeAReplyBeforeTheForce() throws Exception {
        final long seed = System.nanoTime();
        final SmallCity city = SmallCity.found(directory);
        int lost = 0;
        for (int round = 0; round < 5 && lost == 0; round++) {
            try {
                lost += round(city, round, new Random(seed + round), ImagingStore.Forcing.TOO_LATE).lost;
            } catch (final JournalDamagedException e) {
                // The gateway went on in another segment, and the end of the one before never reached the disk.
                lost++;
            }
        }
        assertThat(lost).as("settlements lost by the mutation, seed %d", seed).isPositive();
    }

    private void assertLosesNothing(final int rounds) throws Exception {
        final long seed = System.nanoTime();
        final SmallCity city = SmallCity.found(directory);
        int acknowledged = 0;
        for (int round = 0; round < rounds; round++) {
            final Tally tally = round(city, round, new Random(seed + round), ImagingStore.Forcing.AS_CALLED);
            assertThat(tally.lost)
                    .as("lost, seed %d round %d, of %d", seed, round, tally.acknowledged)
                    .isZero();
            assertThat(tally.differing)
                    .as("differing, seed %d round %d", seed, round)
                    .isZero();
            acknowledged += tally.acknowledged;
        }
        System.out.printf(
                "power cuts: %d rounds, seed %d: %d acknowledged, 0 lost, 0 doubled%n", rounds, seed, acknowledged);
        assertThat(acknowledged).as("acknowledged in %d rounds", rounds).isGreaterThan(rounds * 20);
    }

    /** What a round found. */
    private record Tally(int acknowledged, int lost, int differing) {}

    private Tally round(
            final SmallCity origin, final int round, final Random random, final ImagingStore.Forcing forcing)
            throws Exception {
        final Path data = directory.resolve("round-" + round);
        copy(origin.data(), data);
        final SmallCity city = origin.at(data);
        final Path imageLog = directory.resolve("image-" + round);
        final Map<SignedRequest, Answer> acknowledged = settleUntilKilled(city, imageLog, random, forcing);
        PowerCut.strike(data.resolve("journal"), DiskImage.read(imageLog), random);
        final Tally tally = check(city, acknowledged);
        delete(data);
        Files.delete(imageLog);
        return tally;
    }

    private static Map<SignedRequest, Answer> settleUntilKilled(
            final SmallCity city, final Path imageLog, final Random random, final ImagingStore.Forcing forcing)
            throws Exception {
        final Process process = new ProcessBuilder(command(city.data(), imageLog, forcing))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final Map<SignedRequest, Answer> acknowledged = new ConcurrentHashMap<>();
        final List<TerminalClient> clients = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            final InetSocketAddress address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    Integer.parseInt(output.readLine().substring("port ".length())));
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(TerminalClient.connect(
                        city.endpoint(address), city.terminals().get(i * 2), TIMING, Clock.systemUTC()));
            }
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(600));
            while (System.nanoTime() < deadlineNs) {
                for (final TerminalClient client : clients) {
                    if (client.pendingCount() < IN_FLIGHT) {
                        settle(client, random, acknowledged);
                    }
                }
            }
            process.destroyForcibly().waitFor();
        } finally {
            process.destroyForcibly();
            clients.forEach(TerminalClient::close);
        }
        return acknowledged;
    }

    private static void settle(
            final TerminalClient client, final Random random, final Map<SignedRequest, Answer> acknowledged)
            throws InterruptedException {
        final TerminalIdentity terminal = client.requests().identity();
        final SignedRequest request = client.requests()
                .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
        client.send(request).whenComplete((answer, failure) -> {
            if (answer != null && answer.hasReceipt()) {
                acknowledged.put(request, answer);
            }
        });
    }

    /** Sends everything acknowledged again: each must be a repeat, with the bytes of the first time. */
    private static Tally check(final SmallCity city, final Map<SignedRequest, Answer> acknowledged) throws Exception {
        int lost = 0;
        int differing = 0;
        try (Gateway gateway = GatewayInProcess.start(city.data())) {
            for (final TerminalIdentity terminal : city.terminals()) {
                final Map<SignedRequest, CompletableFuture<Answer>> again = new HashMap<>();
                try (TerminalClient client =
                        TerminalClient.connect(city.endpoint(gateway.address()), terminal, TIMING, Clock.systemUTC())) {
                    for (final SignedRequest request : acknowledged.keySet()) {
                        if (isFrom(request, terminal)) {
                            again.put(request, client.send(request));
                        }
                    }
                    for (final Map.Entry<SignedRequest, CompletableFuture<Answer>> entry : again.entrySet()) {
                        final Answer answer = get(entry.getValue());
                        final Answer first = acknowledged.get(entry.getKey());
                        if (answer.kind() != ReplyKind.REPEAT) {
                            lost++;
                        } else if (!Arrays.equals(answer.outcome(), first.outcome())
                                || !Arrays.equals(answer.receipt(), first.receipt())) {
                            differing++;
                        }
                    }
                }
            }
        }
        return new Tally(acknowledged.size(), lost, differing);
    }

    private static Answer get(final CompletableFuture<Answer> future) throws Exception {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (final ExecutionException e) {
            throw new AssertionError("an answer does not prove itself", e.getCause());
        }
    }

    private static boolean isFrom(final SignedRequest request, final TerminalIdentity terminal) {
        return new String(request.frame(), 9, 32, StandardCharsets.ISO_8859_1)
                .trim()
                .equals(terminal.sn());
    }

    private static List<String> command(final Path data, final Path imageLog, final ImagingStore.Forcing forcing) {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        for (final String flag :
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-") || flag.startsWith("-Dchronicle") || flag.startsWith("-Ddisable")) {
                command.add(flag);
            }
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PowerCutGateway.class.getName(),
                data.toString(),
                imageLog.toString(),
                forcing.name()));
        return command;
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (final Path path : walk.toList()) {
                final Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void delete(final Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (final Path path :
                    walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
