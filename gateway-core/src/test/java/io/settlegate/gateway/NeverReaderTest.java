package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.CloseCause;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.HeartbeatDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One connection that pipelines and never reads, and a thousand idle ones, beside a normal load: the one is cut and counted,
 * the others stay, memory stays where it was, and each request of the normal load is settled.
 */
@Timeout(120)
class NeverReaderTest {
    private static final int IDLE_CONNECTIONS = 1_000;
    private static final int CLIENTS = 4;
    private static final int SETTLEMENTS = 500;
    private static final int UNDER_WAY = 8;
    private static final int WINDOW = 16;
    private static final int HEARTBEAT_LENGTH = 4 + 8 + 16;
    private static final int STALL_MS = 1_000;
    private static final int LONG_MS = 110_000;
    /** What the heap and the network's buffers may hold more at the end than at the start. */
    private static final long HEAP_SLACK = 24L << 20;

    private static final long NETWORK_SLACK = 16L << 20;

    private final Random random = new Random(20_261_122);

    @Test
    void shouldHoldANeverReaderAndAThousandIdleOnesWithoutHarm(@TempDir final Path directory) throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final List<SocketChannel> idle = new ArrayList<>();
        try (Gateway gateway = GatewayInProcess.start(
                city.data(), new DataDirectory(city.data()).store(), transport(), PipelineConfiguration.forCores(2))) {
            final List<TerminalClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(connect(city, gateway, city.terminals().get(i)));
                }
                load(clients, SETTLEMENTS / 10);
                final long heapBefore = heapAfterCollection();
                final long networkBefore = gateway.networkMemoryLength();
                final long okBefore = gateway.counters().answers(ResultCode.OK);
                for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                    idle.add(SocketChannel.open(gateway.address()));
                }
                final long sentLength =
                        neverRead(gateway, city.terminals().get(CLIENTS), () -> load(clients, SETTLEMENTS));
                final long heapAfter = heapAfterCollection();
                final long networkAfter = gateway.networkMemoryLength();

                System.out.printf(
                        "a never-reader sent %,d bytes; heap %,d -> %,d KiB, network buffers %,d -> %,d KiB%n",
                        sentLength, heapBefore >> 10, heapAfter >> 10, networkBefore >> 10, networkAfter >> 10);
                assertThat(gateway.closedCount(CloseCause.STALLED)).isEqualTo(1);
                // A cut is counted before the channel is gone.
                while (gateway.connectionCount() > IDLE_CONNECTIONS + CLIENTS) {
                    Thread.sleep(10);
                }
                assertThat(gateway.connectionCount()).isEqualTo(IDLE_CONNECTIONS + CLIENTS);
                assertThat(gateway.counters().answers(ResultCode.OK) - okBefore)
                        .as("every request is settled, and one more signed in")
                        .isEqualTo((long) CLIENTS * SETTLEMENTS + WINDOW + 1);
                assertThat(busyCount(gateway)).as("answers BUSY").isZero();
                assertThat(heapAfter - heapBefore).as("heap").isLessThan(HEAP_SLACK);
                assertThat(networkAfter - networkBefore).as("network buffers").isLessThan(NETWORK_SLACK);
            } finally {
                clients.forEach(TerminalClient::close);
            }
        } finally {
            for (final SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    private static TransportConfiguration transport() {
        return new TransportConfiguration(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                1,
                2 * IDLE_CONNECTIONS,
                WINDOW,
                20_000,
                LONG_MS,
                LONG_MS,
                LONG_MS,
                STALL_MS,
                1 << 20);
    }

    /**
     * A terminal signs in, sends as many requests as its window allows, then heartbeats, each of which is echoed, and reads
     * nothing of it until it is cut; the load runs beside. Answers the bytes that it could send.
     */
    private long neverRead(final Gateway gateway, final TerminalIdentity terminal, final Load load) throws Exception {
        final CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> {
            try {
                load.run();
            } catch (final Exception e) {
                throw new AssertionError(e);
            }
        });
        long sentLength = 0;
        try (Socket rude = new Socket()) {
            rude.setReceiveBufferSize(8 * 1024);
            rude.connect(gateway.address());
            final RawTerminal raw = new RawTerminal(rude, terminal);
            raw.signIn();
            for (int i = 0; i < WINDOW; i++) {
                raw.send(raw.signer()
                        .settle(
                                raw.nextMsgid(),
                                SmallCity.settlement(new Random(i), terminal, System.currentTimeMillis()))
                        .frame());
            }
            final byte[] heartbeats = heartbeats();
            while (true) {
                // Waits once the gateway reads no more, and fails when it cuts.
                rude.getOutputStream().write(heartbeats);
                sentLength += heartbeats.length;
            }
        } catch (final SocketException e) {
            loading.get(100, TimeUnit.SECONDS);
            return sentLength;
        }
    }

    private static byte[] heartbeats() {
        final ByteBuffer bytes = ByteBuffer.allocate(1_000 * HEARTBEAT_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putInt(HEARTBEAT_LENGTH - 4)
                    .putShort((short) HeartbeatDecoder.BLOCK_LENGTH)
                    .putShort((short) HeartbeatDecoder.TEMPLATE_ID)
                    .putShort((short) HeartbeatDecoder.SCHEMA_ID)
                    .putShort((short) HeartbeatDecoder.SCHEMA_VERSION)
                    .putLong(1)
                    .putLong(0);
        }
        return bytes.array();
    }

    @FunctionalInterface
    private interface Load {
        void run() throws Exception;
    }

    /** Each client keeps some requests under way, within its window. */
    private void load(final List<TerminalClient> clients, final int count) throws Exception {
        final Queue<CompletableFuture<Answer>> underWay = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            for (final TerminalClient client : clients) {
                final SignedRequest request = client.requests()
                        .settle(
                                client.nextMsgid(),
                                SmallCity.settlement(random, client.requests().identity(), System.currentTimeMillis()));
                underWay.add(client.send(request));
            }
            while (underWay.size() > UNDER_WAY * clients.size()) {
                assertSettled(underWay.remove());
            }
        }
        for (final CompletableFuture<Answer> answer : underWay) {
            assertSettled(answer);
        }
    }

    private static void assertSettled(final CompletableFuture<Answer> answer)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        assertThat(answer.get(60, TimeUnit.SECONDS).code()).isEqualTo(ResultCode.OK);
    }

    private static long busyCount(final Gateway gateway) {
        return gateway.counters().answers(ResultCode.RING_FULL)
                + gateway.counters().answers(ResultCode.WINDOW_FULL)
                + gateway.counters().answers(ResultCode.JOURNAL_FULL);
    }

    private static long heapAfterCollection() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(
                    used,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return used;
    }

    private static TerminalClient connect(final SmallCity city, final Gateway gateway, final TerminalIdentity terminal)
            throws IOException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC());
    }
}
