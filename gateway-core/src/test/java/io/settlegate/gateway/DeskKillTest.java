package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.crypto.KeyFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A terminal process that is killed at random moments behind a rude network: at the end it believes of each msgid what the gateway holds, and
 * the patient has paid for what stands and for nothing else.
 */
@Timeout(240)
class DeskKillTest {
    private static final int LIVES = 4;
    private static final int SALES = 15;
    private static final long PRICE_FEN = 2_500;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    private NightShift night;

    @BeforeEach
    void begin() throws Exception {
        night = new NightShift(directory);
        final TerminalIdentity terminal = night.city().terminals().get(NightShift.PHARMACY_TERMINAL);
        KeyFiles.writePrivate(directory.resolve("terminal.key.pem"), terminal.key());
        Files.copy(
                night.city().data().resolve("keys").resolve("gateway.pub.pem"), directory.resolve("gateway.pub.pem"));
    }

    @AfterEach
    void endAndReplay() throws Exception {
        night.endAndReplay();
    }

    @Test
    void shouldKnowAfterEachKillWhatBecameOfEveryRequest() throws Exception {
        final TerminalClient office = night.terminal(NightShift.PHARMACY_TERMINAL + 1);
        final long before = NightShift.balanceFen(office);
        for (int life = 0; life < LIVES; life++) {
            killAmidSales();
        }
        final Process last = terminal(0);
        assertThat(last.waitFor(100, TimeUnit.SECONDS))
                .as("ends, seed %d", seed)
                .isTrue();
        assertThat(last.exitValue()).as("%s, seed %d", said(), seed).isZero();

        long settledCount = 0;
        final Map<String, End> beliefs = beliefs();
        for (final Map.Entry<String, End> belief : beliefs.entrySet()) {
            final RecordState state = NightShift.state(office, belief.getKey());
            assertThat(belief.getValue()).as("%s, seed %d", belief, seed).isEqualTo(endOf(state));
            settledCount += belief.getValue() == End.SETTLED ? 1 : 0;
        }
        assertThat(beliefs).as("seed %d", seed).isNotEmpty();
        assertThat(NightShift.balanceFen(office)).as("seed %d", seed).isEqualTo(before - settledCount * PRICE_FEN);
        assertThat(Files.readString(directory.resolve("desk")).lines())
                .as("the file is emptied, seed %d", seed)
                .hasSize(1);
    }

    private void killAmidSales() throws Exception {
        final Process process = terminal(SALES);
        final int knownBefore =
                Files.exists(directory.resolve("beliefs")) ? beliefs().size() : 0;
        NightShift.await("it sells", () -> !process.isAlive() || beliefCount() > knownBefore);
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(800));
        while (System.nanoTime() < endNs) {
            beRude();
            TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(100));
        }
        process.destroyForcibly().waitFor();
        night.network().be(RudeProxy.Manner.POLITE);
    }

    private void beRude() {
        switch (random.nextInt(4)) {
            case 0 -> night.network().be(RudeProxy.Manner.SWALLOWS);
            case 1 -> night.network().be(RudeProxy.Manner.DEAF);
            case 2 -> night.network().be(RudeProxy.Manner.POLITE);
            default -> night.network().cut();
        }
    }

    private int beliefCount() {
        try {
            return Files.exists(directory.resolve("beliefs")) ? beliefs().size() : 0;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** By msgid; what is told twice must be the same. */
    private Map<String, End> beliefs() throws IOException {
        final Map<String, End> beliefs = new HashMap<>();
        final String text = Files.readString(directory.resolve("beliefs"));
        // A kill may leave a line without its end.
        for (final String line :
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            final int blank = line.lastIndexOf(' ');
            final End end = End.valueOf(line.substring(blank + 1));
            final End told = beliefs.put(line.substring(0, blank), end);
            assertThat(told).as("%s, seed %d", line, seed).isIn(null, end);
        }
        return beliefs;
    }

    private static End endOf(final RecordState state) {
        return switch (state) {
            case DONE -> End.SETTLED;
            case REVERSED, MARKED -> End.REVERSED;
            default -> End.REFUSED;
        };
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("said"));
    }

    private Process terminal(final int saleCount) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DeskTerminal.class.getName()));
        command.addAll(List.of(
                String.valueOf(night.network().address().getPort()),
                directory.toString(),
                night.city().terminals().get(NightShift.PHARMACY_TERMINAL).sn(),
                String.valueOf(saleCount),
                String.valueOf(random.nextLong())));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }
}
