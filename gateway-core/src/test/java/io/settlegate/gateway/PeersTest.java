package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.CloseCause;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.BusyDecoder;
import io.settlegate.protocol.codec.RefusalDecoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that are silent, slow, too many, or leave; each is cut for its own cause, and the count says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class PeersTest {
    private static final int MAX_CONNECTIONS = 24;
    private static final int SOCKET_TIMEOUT_MS = 30_000;
    private static final int HEARTBEAT_MS = 500;
    private static final int IDLE_MS = 3_000;
    private static final int SIGN_IN_MS = 3_000;
    private static final int FRAME_MS = 1_000;
    private static final int STALL_MS = 1_000;

    private final Random random = new Random(20_261_122);
    private SmallCity city;
    private Gateway gateway;

    @BeforeAll
    void start(@TempDir final Path directory) throws IOException {
        city = SmallCity.found(directory);
        gateway = GatewayInProcess.start(
                city.data(),
                new DataDirectory(city.data()).store(),
                new TransportConfiguration(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        1,
                        MAX_CONNECTIONS,
                        16,
                        HEARTBEAT_MS,
                        IDLE_MS,
                        SIGN_IN_MS,
                        FRAME_MS,
                        STALL_MS,
                        1 << 20),
                PipelineConfiguration.forCores(2));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void shouldCutAConnectionThatNeverSignsIn() throws Exception {
        final long before = gateway.closedCount(CloseCause.SIGN_IN_TIMEOUT);
        try (Socket socket = connect()) {
            final RawTerminal raw = new RawTerminal(socket, city.terminals().get(0));
            raw.challenge();
            assertThat(raw.nextTemplate()).as("end of stream").isZero();
        }
        assertThat(gateway.closedCount(CloseCause.SIGN_IN_TIMEOUT)).isEqualTo(before + 1);
    }

    @Test
    void shouldCutASessionWhosePeerVanished() throws Exception {
        final long before = gateway.closedCount(CloseCause.IDLE);
        try (Socket socket = connect()) {
            // No more than silence tells a peer without power from one that has nothing to say.
            final RawTerminal raw = new RawTerminal(socket, city.terminals().get(1));
            raw.signIn();
            assertThat(raw.nextTemplate()).as("end of stream").isZero();
        }
        assertThat(gateway.closedCount(CloseCause.IDLE)).isEqualTo(before + 1);
    }

    @Test
    void shouldCutAFrameThatTrickles() throws Exception {
        final long before = gateway.closedCount(CloseCause.SLOW_FRAME);
        try (Socket socket = connect()) {
            new RawTerminal(socket, city.terminals().get(2)).signIn();
            socket.getOutputStream().write(new byte[] {0, 0x10, 0, 0});
            for (int i = 0; i < 1_000 && gateway.closedCount(CloseCause.SLOW_FRAME) == before; i++) {
                socket.getOutputStream().write(0);
                Thread.sleep(50);
            }
        } catch (final SocketException e) {
            assertThat(gateway.closedCount(CloseCause.SLOW_FRAME))
                    .as("the cut came before %s", e)
                    .isPositive();
        }
        assertThat(gateway.closedCount(CloseCause.SLOW_FRAME)).isEqualTo(before + 1);
    }

    @Test
    void shouldRefuseConnectionsBeyondTheLimit() throws Exception {
        final long before = gateway.closedCount(CloseCause.CONNECTION_LIMIT);
        final List<Socket> sockets = new ArrayList<>();
        try {
            int refused = 0;
            for (int i = 0; i < MAX_CONNECTIONS + 3; i++) {
                sockets.add(connect());
                refused += endsAtOnce(sockets.get(i)) ? 1 : 0;
            }
            assertThat(refused).isGreaterThanOrEqualTo(3);
            assertThat(gateway.closedCount(CloseCause.CONNECTION_LIMIT)).isEqualTo(before + refused);
            assertThat(gateway.connectionCount()).isLessThanOrEqualTo(MAX_CONNECTIONS);
        } finally {
            for (final Socket socket : sockets) {
                socket.close();
            }
        }
        for (int i = 0; gateway.connectionCount() > 0 && i < 1_000; i++) {
            Thread.sleep(10);
        }
        try (Socket socket = connect()) {
            assertThat(endsAtOnce(socket)).as("there is room again").isFalse();
        }
    }

    @Test
    void shouldCountTheSessionThatANewerOneFenced() throws Exception {
        final long before = gateway.closedCount(CloseCause.FENCED);
        final TerminalIdentity terminal = city.terminals().get(3);
        try (Socket old = connect();
                Socket newer = connect()) {
            final RawTerminal first = new RawTerminal(old, terminal);
            first.signIn();
            new RawTerminal(newer, terminal).signIn();
            assertThat(first.nextTemplate()).as("the old connection ends").isZero();
        }
        assertThat(gateway.closedCount(CloseCause.FENCED)).isEqualTo(before + 1);
    }

    @Test
    void shouldAnswerEverythingBeforeItClosesASessionThatSignedOut() throws Exception {
        final long before = gateway.closedCount(CloseCause.SIGNED_OUT);
        final TerminalIdentity terminal = city.terminals().get(4);
        try (Socket socket = connect()) {
            final RawTerminal raw = new RawTerminal(socket, terminal);
            final String signNo = raw.signIn();
            settle(raw, terminal, 5);
            raw.send(raw.signer().signOut(raw.nextMsgid(), signNo, "").frame());
            settle(raw, terminal, 5);
            final List<Integer> templates = untilTheEnd(raw);
            assertThat(templates.subList(0, 6))
                    .as("five settlements and the sign-out are answered")
                    .containsOnly(ReplyDecoder.TEMPLATE_ID);
            assertThat(templates.subList(6, templates.size()))
                    .as("what came behind it is answered or refused, as long as it was read")
                    .hasSizeLessThanOrEqualTo(5)
                    .allMatch(
                            template -> template == ReplyDecoder.TEMPLATE_ID || template == RefusalDecoder.TEMPLATE_ID);
        }
        assertThat(gateway.closedCount(CloseCause.SIGNED_OUT)).isEqualTo(before + 1);
    }

    @Test
    void shouldAnswerWhatIsUnderWayWhenItDrains(@TempDir final Path directory) throws Exception {
        final SmallCity other = SmallCity.found(directory);
        final Gateway stopping = GatewayInProcess.start(other.data());
        final TerminalIdentity terminal = other.terminals().get(0);
        try (Socket socket =
                new Socket(stopping.address().getAddress(), stopping.address().getPort())) {
            socket.setSoTimeout(SOCKET_TIMEOUT_MS);
            final RawTerminal raw = new RawTerminal(socket, terminal);
            raw.signIn();
            final long signIns = stopping.counters().answers(ResultCode.OK);
            settle(raw, terminal, 16);
            final CompletableFuture<Void> closed = CompletableFuture.runAsync(stopping::close);
            final List<Integer> templates = untilTheEnd(raw);
            closed.get(30, TimeUnit.SECONDS);
            final long settled = stopping.counters().answers(ResultCode.OK) - signIns;
            assertThat(templates.stream().filter(template -> template == ReplyDecoder.TEMPLATE_ID))
                    .as("each settlement that was journaled was answered")
                    .hasSize((int) settled);
            assertThat(templates)
                    .allMatch(template -> template == ReplyDecoder.TEMPLATE_ID || template == BusyDecoder.TEMPLATE_ID);
        }
    }

    private void settle(final RawTerminal raw, final TerminalIdentity terminal, final int count) throws IOException {
        for (int i = 0; i < count; i++) {
            raw.send(raw.signer()
                    .settle(raw.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()))
                    .frame());
        }
    }

    private static List<Integer> untilTheEnd(final RawTerminal raw) throws IOException {
        final List<Integer> templates = new ArrayList<>();
        int template = raw.nextTemplate();
        while (template != 0) {
            templates.add(template);
            template = raw.nextTemplate();
        }
        return templates;
    }

    private static boolean endsAtOnce(final Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (final SocketException e) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        final Socket socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort());
        socket.setSoTimeout(SOCKET_TIMEOUT_MS);
        return socket;
    }
}
