package io.settlegate.gateway;

import io.settlegate.gateway.operations.OperatorAddress;
import io.settlegate.gateway.operations.OperatorClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a command reaches a running gateway: where it was told, or at the socket in the data directory.
 *
 * <p>One thread; blocks on the socket for some seconds at most.
 */
final class OperatorLink {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final SocketAddress address;

    /** @param connect as `--connect` was given, or null for the socket in {@code data}. */
    OperatorLink(final Path data, final String connect) {
        this.address = connect == null ? OperatorAddress.in(data) : OperatorAddress.parse(connect);
    }

    /** As an operator would write it. */
    String shown() {
        return OperatorAddress.shown(address);
    }

    /** @throws IOException if no gateway listens there, or it is another than the one that is meant. */
    OperatorClient connect(final String gatewayId) throws IOException {
        return tryConnect(gatewayId)
                .orElseThrow(() -> new IOException("no gateway listens at " + shown()
                        + ". Start it (`settlegate serve`), or name with --connect where its operators connect"));
    }

    /** Empty if nobody listens there. @throws IOException if whoever does is not the gateway that is meant. */
    Optional<OperatorClient> tryConnect(final String gatewayId) throws IOException {
        if (address instanceof UnixDomainSocketAddress unix && !Files.exists(unix.getPath())) {
            return Optional.empty();
        }
        final OperatorClient client;
        try {
            client = OperatorClient.connect(address, TIMEOUT);
        } catch (final ConnectException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new IOException("cannot speak to a gateway at " + shown() + ": " + e.getMessage(), e);
        }
        if (!client.gatewayId().equals(gatewayId)) {
            client.close();
            throw new IOException("the gateway at " + shown() + " is " + client.gatewayId() + ", not " + gatewayId
                    + "; nothing was sent");
        }
        return Optional.of(client);
    }

    /** As above for the data directory's own socket; empty too if it has none, or one whose path is too long for a socket. */
    static Optional<OperatorClient> tryConnectIn(final Path data, final String gatewayId) throws IOException {
        final Path file = data.resolve(OperatorAddress.DEFAULT_FILE_NAME);
        return Files.exists(file) ? new OperatorLink(data, null).tryConnect(gatewayId) : Optional.empty();
    }
}
