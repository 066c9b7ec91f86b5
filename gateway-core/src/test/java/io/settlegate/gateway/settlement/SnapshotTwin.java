package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.NoRecording;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A second engine that is read from a snapshot of the first now and then, is given every command that the first gets, and must answer
 * the same. When a new one is read, the old one must have the same snapshot, byte for byte.
 */
final class SnapshotTwin {
    private final String which;
    private final Random random;
    private final int mostCommands;
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[64 * 1024]);
    private SettlementEngine twin;
    private int untilNext;
    private int snapshotCount;

    /** @param mostCommands from one snapshot to the next; 1 for one after every command. */
    SnapshotTwin(final long seed, final int mostCommands) {
        this.which = "seed " + seed;
        this.random = new Random(seed);
        this.mostCommands = mostCommands;
    }

    /** The engine has applied this command and answered with this outcome. */
    void follow(
            final SettlementEngine engine,
            final long sequence,
            final long timeMs,
            final DirectBuffer command,
            final int offset,
            final int length,
            final DirectBuffer expected,
            final int expectedLength) {
        final String here = which + ", record " + sequence;
        if (twin != null) {
            final int outcomeLength = twin.apply(sequence, timeMs, command, offset, length, outcome, 0);
            assertThat(bytes(outcome, outcomeLength)).as(here).isEqualTo(bytes(expected, expectedLength));
            assertThat(twin.lastTimeMs()).as(here).isEqualTo(engine.lastTimeMs());
            assertThat(twin.stateHashHigh()).as(here).isEqualTo(engine.stateHashHigh());
            assertThat(twin.stateHashLow()).as(here).isEqualTo(engine.stateHashLow());
        }
        untilNext--;
        if (untilNext <= 0) {
            untilNext = 1 + random.nextInt(mostCommands);
            cut(engine, here);
        }
    }

    /** The same was done to the engine's state beside the commands. */
    void advanceTo(final long timeMs) {
        if (twin != null) {
            twin.state().advanceTo(timeMs);
        }
    }

    private void cut(final SettlementEngine engine, final String here) {
        final byte[] written = write(engine);
        if (twin != null) {
            assertThat(write(twin)).as(here + ", the followed twin").isEqualTo(written);
        }
        // One in four goes on, so that twins grow old too.
        if (twin == null || random.nextInt(4) > 0) {
            final List<String> heard = new ArrayList<>();
            try {
                twin = read(
                        engine.parameters(),
                        (sn, publicKey, keyVersion, status, institution, laneFirst) -> heard.add(sn),
                        written);
            } catch (final IOException e) {
                throw new UncheckedIOException(here, e);
            }
            assertThat(write(twin)).as(here).isEqualTo(written);
            assertThat(twin.recomputeStateHashHigh()).as(here).isEqualTo(engine.stateHashHigh());
            assertThat(twin.recomputeStateHashLow()).as(here).isEqualTo(engine.stateHashLow());
            assertThat(twin.ledgerSumFen()).as(here).isZero();
            assertThat(twin.counts()).as(here).isEqualTo(engine.counts());
            assertThat(heard).as(here + ", before the terminals are told").isEmpty();
            twin.tellTerminals();
            assertThat(heard).as(here).hasSize(engine.counts().terminals()).doesNotHaveDuplicates();
        }
        snapshotCount++;
    }

    int snapshotCount() {
        return snapshotCount;
    }

    static byte[] write(final SettlementEngine engine) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            engine.writeSnapshot(Channels.newChannel(out));
        } catch (final IOException e) {
            throw new UncheckedIOException("an array takes every byte", e);
        }
        return out.toByteArray();
    }

    static SettlementEngine read(final EngineParameters parameters, final TerminalListener listener, final byte[] bytes)
            throws IOException {
        final ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        final SettlementEngine engine =
                SettlementEngine.readSnapshot(parameters, listener, NoRecording.INSTANCE, Channels.newChannel(in));
        assertThat(in.available())
                .as("bytes behind the state that were not read")
                .isZero();
        return engine;
    }

    private static byte[] bytes(final DirectBuffer source, final int length) {
        final byte[] bytes = new byte[length];
        source.getBytes(0, bytes);
        return bytes;
    }
}
