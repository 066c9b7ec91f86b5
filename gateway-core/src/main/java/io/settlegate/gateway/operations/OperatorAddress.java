package io.settlegate.gateway.operations;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where operators and gateway meet: {@code unix:PATH}, or {@code HOST:PORT} on the loopback. Stateless.
 *
 * <p>Off the loopback is refused outright: an act names persons, and this line has no TLS.
 */
public final class OperatorAddress {
    /** The socket's name in a data directory. */
    public static final String DEFAULT_FILE_NAME = "operator.sock";

    private static final String UNIX = "unix:";
    /** The system's own limit is 108 bytes with the zero at the end, and fewer elsewhere. */
    private static final int MAX_PATH_LENGTH = 100;

    private OperatorAddress() {}

    /** @throws IllegalArgumentException if the text is no address for operators; the message says what is. */
    public static SocketAddress parse(final String text) {
        return text.startsWith(UNIX) ? unix(Path.of(text.substring(UNIX.length()))) : loopback(text);
    }

    /** The socket of a data directory. */
    public static SocketAddress in(final Path data) {
        return unix(data.resolve(DEFAULT_FILE_NAME));
    }

    private static SocketAddress unix(final Path path) {
        final int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_PATH_LENGTH) {
            throw new IllegalArgumentException("the operators' socket " + path + " has a path of " + length
                    + " bytes; a socket's path may have 1 to " + MAX_PATH_LENGTH
                    + ". Name a shorter one, as unix:/run/settlegate/operator.sock");
        }
        return UnixDomainSocketAddress.of(path);
    }

    private static SocketAddress loopback(final String text) {
        final int colon = text.lastIndexOf(':');
        final InetSocketAddress address;
        try {
            if (colon <= 0) {
                throw new IllegalArgumentException("no host");
            }
            address = new InetSocketAddress(
                    InetAddress.getByName(text.substring(0, colon)),
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (final IllegalArgumentException | UnknownHostException e) {
            throw new IllegalArgumentException(
                    "operators connect at unix:PATH or HOST:PORT on the loopback, not at " + text, e);
        }
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    text + " is not on the loopback; operators connect on the gateway's own machine only"
                            + " (unix:PATH, or 127.0.0.1:PORT)");
        }
        return address;
    }

    /** As an operator would write it. */
    public static String shown(final SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return inet.getAddress().getHostAddress() + ':' + inet.getPort();
        }
        return UNIX + address;
    }
}
