package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.operations.OperatorAddress;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.gateway.operations.TerminalState;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderDecoder;
import io.settlegate.gateway.settlement.codec.ActOutcomeEncoder;
import io.settlegate.gateway.settlement.codec.GatewayStartedEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.transport.CloseCause;
import io.settlegate.gateway.transport.OperatorConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operators' listener against whoever should not be heard there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class OperatorListenerTest {
    private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    private SmallCity city;
    private Operator operator;
    private Gateway gateway;

    @BeforeAll
    void start(@TempDir final Path temporary) throws IOException {
        city = SmallCity.found(temporary);
        operator = new Operator(city.data());
        gateway =
                GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC());
    }

    @AfterAll
    void stopAndReplay() throws IOException {
        gateway.close();
        assertThat(socketFile()).as("removed at the stop").doesNotExist();
        operator.replay();
    }

    @Test
    void shouldLetOnlyItsOwnUserConnect() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socketFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldTakeNoActForAnotherGateway() throws Exception {
        final SignedAct elsewhere =
                operator.acts("SG-OTHER", Clock.systemUTC()).terminal("SN-P0", TerminalState.ACTIVE);
        assertThat(answerTo(elsewhere.frame()).code()).isEqualTo(ResultCode.WRONG_AUDIENCE);
        assertThat(operator.admin("terminal", "activate", "--sn", "SN-P0", "--gateway-id", "SG-OTHER")
                        .err())
                .contains("nothing was sent");
    }

    @Test
    void shouldNotPlayTheGatewaysOwnActs() throws Exception {
        final UnsafeBuffer act = new UnsafeBuffer(new byte[256]);
        final GatewayStartedEncoder started = new GatewayStartedEncoder()
                .wrapAndApplyHeader(act, 0, new MessageHeaderEncoder())
                .domainTag(ActDomainTag.GATEWAY_ACT)
                .durability((short) 0)
                .windowCount(1_000);
        assertThat(answerTo(signed(act, HEADER_LENGTH + started.encodedLength(), 128))
                        .code())
                .isEqualTo(ResultCode.UNSUPPORTED_TRANSACTION);
        final ActOutcomeEncoder outcome =
                new ActOutcomeEncoder().wrapAndApplyHeader(act, 0, new MessageHeaderEncoder());
        assertThat(answerTo(signed(act, HEADER_LENGTH + outcome.encodedLength(), 128))
                        .code())
                .isEqualTo(ResultCode.UNSUPPORTED_TRANSACTION);
    }

    @Test
    void shouldRefuseFramesOfAnotherForm() throws Exception {
        final byte[] good = good();
        assertThat(answerTo(changed(good, HEADER_LENGTH + ActHeaderDecoder.domainTagEncodingOffset(), 4))
                        .code())
                .isEqualTo(ResultCode.WRONG_DOMAIN);
        assertThat(answerTo(changed(good, 6, 9)).code()).as("schema version").isEqualTo(ResultCode.UNSUPPORTED_VERSION);
        assertThat(answerTo(changed(good, 4, 1)).code()).as("schema id").isEqualTo(ResultCode.MALFORMED);
        assertThat(answerTo(changed(good, 0, 1)).code()).as("block length").isEqualTo(ResultCode.MALFORMED);
        assertThat(answerTo(java.util.Arrays.copyOf(good, good.length + 1)).code())
                .as("a byte too many")
                .isEqualTo(ResultCode.MALFORMED);
        assertThat(answerTo(changed(good, good.length - 1, good[good.length - 1] ^ 1))
                        .code())
                .isEqualTo(ResultCode.BAD_SIGNATURE);
    }

    @Test
    void shouldRefuseATerminalThatSpeaksToItAndEveryTruncation() throws Exception {
        final byte[] request = new RequestSigner(
                        city.terminals().get(0), SmallCity.GATEWAY_ID, Clock.systemUTC(), new SecureRandom())
                .query(SmallCity.PHARMACY + "202611221200000001", SmallCity.PHARMACY + "202611221200000002")
                .frame();
        assertThat(answerTo(request).code()).isEqualTo(ResultCode.MALFORMED);
        final byte[] good = good();
        final int least = HEADER_LENGTH + ActHeaderDecoder.ENCODED_LENGTH + Sm2Signer.SIGNATURE_LENGTH;
        for (int length = least; length < good.length; length++) {
            assertThat(answerTo(java.util.Arrays.copyOf(good, length)).code())
                    .as("the first %d bytes", length)
                    .isEqualTo(ResultCode.MALFORMED);
        }
    }

    @Test
    void shouldCloseAConnectionThatSendsGarbage() throws Exception {
        for (final byte[] garbage : List.of(
                "GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                frame(new byte[12]),
                frame(new byte[0]))) {
            final long before = gateway.closedCount(CloseCause.BROKEN_FRAME);
            try (SocketChannel channel = SocketChannel.open(gateway.operatorAddress())) {
                channel.write(ByteBuffer.wrap(garbage));
                final ByteBuffer input = ByteBuffer.allocate(4096);
                while (channel.read(input) >= 0) {
                    assertThat(input.hasRemaining()).isTrue();
                }
            } catch (final SocketException e) {
                // Closed as well: the gateway left bytes unread.
            }
            assertThat(gateway.closedCount(CloseCause.BROKEN_FRAME)).isEqualTo(before + 1);
        }
    }

    @Test
    void shouldTakeEightConnectionsAndNoMore() throws Exception {
        final List<OperatorClient> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                open.add(operator.connect(gateway));
            }
            assertThatThrownBy(() -> operator.connect(gateway)).isInstanceOf(IOException.class);
            open.remove(0).close();
            final long endNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (open.size() < 8 && System.nanoTime() < endNs) {
                try {
                    open.add(operator.connect(gateway));
                } catch (final EOFException e) {
                    // The gateway has not seen yet that one is gone.
                    Thread.sleep(10);
                }
            }
            assertThat(open).as("room again").hasSize(8);
        } finally {
            for (final OperatorClient client : open) {
                client.close();
            }
        }
    }

    @Test
    void shouldAnswerActsInTheirOrder() throws Exception {
        try (OperatorClient client = operator.connect(gateway)) {
            for (int i = 0; i < OperatorClient.WINDOW_COUNT; i++) {
                final byte[] act = good();
                client.send(act, act.length);
            }
            long lastSequence = 0;
            for (int i = 1; i <= OperatorClient.WINDOW_COUNT; i++) {
                final ActAnswer answer = client.receive();
                assertThat(answer.number()).isEqualTo(i);
                assertThat(answer.kind()).isEqualTo(ActAnswer.Kind.DONE);
                assertThat(answer.sequence()).isGreaterThan(lastSequence);
                lastSequence = answer.sequence();
            }
        }
    }

    @Test
    void shouldBeHeardOnTheLoopbackToo(@TempDir final Path other) throws Exception {
        final SmallCity otherCity = SmallCity.found(other);
        final Operator otherOperator = new Operator(otherCity.data());
        try (Gateway serving = start(otherCity.data(), OperatorAddress.parse("127.0.0.1:0"))) {
            assertThat(otherOperator.done(
                            "terminal",
                            "suspend",
                            "--sn",
                            otherCity.terminals().get(0).sn(),
                            "--connect",
                            OperatorAddress.shown(serving.operatorAddress())))
                    .contains("suspended: record ");
        }
        otherOperator.replay();
        assertThat(otherOperator.admin("terminal", "activate", "--sn", "SN-P0").err())
                .as("nobody listens any more")
                .contains("Start it");
    }

    @Test
    void shouldReplaceADeadSocketAndNothingElse(@TempDir final Path other) throws Exception {
        final SmallCity otherCity = SmallCity.found(other);
        final Path path = otherCity.data().resolve(OperatorAddress.DEFAULT_FILE_NAME);
        final UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try (ServerSocketChannel owner = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            owner.bind(address);
            assertThatThrownBy(() -> start(otherCity.data(), address))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process listens");
        }
        assertThat(path).as("left behind, as by a killed process").exists();
        try (Gateway serving = start(otherCity.data(), address)) {
            assertThat(serving.operatorAddress()).isEqualTo(address);
        }
        Files.writeString(path, "not a socket");
        assertThatThrownBy(() -> start(otherCity.data(), address))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no socket");
        assertThat(path).hasContent("not a socket");
    }

    /** Terminals are heard before operators, so a start that fails at the operators has a line and a listener to end. */
    @Test
    void shouldLeaveNothingBehindWhereOperatorsCannotBeHeard(@TempDir final Path other) throws Exception {
        final SmallCity otherCity = SmallCity.found(other);
        final InetSocketAddress terminals;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            terminals = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(otherCity.data(), terminals, taken.getLocalSocketAddress()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("operators cannot be heard");
        }
        assertThatThrownBy(() -> new Socket(terminals.getAddress(), terminals.getPort()).close())
                .as("the terminals' listener is closed")
                .isInstanceOf(IOException.class);
        try (Gateway serving = start(otherCity.data(), terminals, OperatorAddress.in(otherCity.data()))) {
            assertThat(serving.address())
                    .as("the journal was closed, the port is free")
                    .isEqualTo(terminals);
        }
    }

    @Test
    void shouldNameWhatIsNoAddressForOperators() {
        assertThatThrownBy(() -> OperatorAddress.parse("0.0.0.0:7401")).hasMessageContaining("not on the loopback");
        assertThatThrownBy(() -> OperatorAddress.parse(":7401")).hasMessageContaining("HOST:PORT");
        assertThatThrownBy(() -> OperatorAddress.parse("somewhere")).hasMessageContaining("HOST:PORT");
        assertThatThrownBy(() -> OperatorAddress.parse("unix:/" + "x".repeat(100)))
                .hasMessageContaining("101 bytes")
                .hasMessageContaining("shorter");
        assertThat(OperatorAddress.shown(OperatorAddress.parse("unix:/run/s.sock")))
                .isEqualTo("unix:/run/s.sock");
    }

    private static Gateway start(final Path data, final SocketAddress operators) throws IOException {
        return start(data, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), operators);
    }

    private static Gateway start(final Path data, final InetSocketAddress terminals, final SocketAddress operators)
            throws IOException {
        final OpenGateway opened = OpenGateway.recover(new DataDirectory(data), DurabilityLevel.BATCH);
        return Gateway.start(
                opened,
                new GatewayConfiguration(
                        data,
                        DurabilityLevel.BATCH,
                        TransportConfiguration.forCores(terminals, 2),
                        PipelineConfiguration.forCores(2),
                        OperatorConfiguration.on(operators),
                        GatewayConfiguration.DEFAULT_SIGNATURE,
                        GatewayConfiguration.DEFAULT_KEY_TABLES_LENGTH,
                        GatewayConfiguration.DEFAULT_BACKGROUND_FORCE_MS,
                        GatewayConfiguration.DEFAULT_SEGMENT_LENGTH),
                Clock.systemUTC(),
                (stage, cause) -> {
                    throw new IllegalStateException(stage, cause);
                });
    }

    private Path socketFile() {
        return city.data().resolve(OperatorAddress.DEFAULT_FILE_NAME);
    }

    /** An act that changes nothing. */
    private byte[] good() throws IOException {
        return operator.acts(Clock.systemUTC())
                .terminal("SN-P0", TerminalState.ACTIVE)
                .frame();
    }

    private ActAnswer answerTo(final byte[] frame) throws IOException {
        try (OperatorClient client = operator.connect(gateway)) {
            return client.perform(new SignedAct("", "", frame));
        }
    }

    /** The operator's signature over the first bytes, stretched by zeros to a length that an act may have. */
    private byte[] signed(final UnsafeBuffer act, final int length, final int leastLength) throws IOException {
        final int signedLength = Math.max(length, leastLength);
        final byte[] frame = java.util.Arrays.copyOf(act.byteArray(), signedLength + Sm2Signer.SIGNATURE_LENGTH);
        new Sm2Signer(new DataDirectory(city.data()).operatorKey(), new SecureRandom())
                .sign(frame, 0, signedLength, frame, signedLength);
        return frame;
    }

    private static byte[] changed(final byte[] frame, final int offset, final int value) {
        final byte[] changed = frame.clone();
        changed[offset] = (byte) value;
        return changed;
    }

    private static byte[] frame(final byte[] body) {
        return ByteBuffer.allocate(4 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(body.length)
                .put(body)
                .array();
    }
}
