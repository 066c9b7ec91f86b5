package io.settlegate.loadtest;

import io.settlegate.loadtest.gateway.GatewayPublicKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Options of a gateway that runs already. */
final class RunningGatewayOptions {
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            description = "Load a gateway that runs already instead of one of its own; needs --population")
    private String connect;

    @Option(
            names = "--population",
            paramLabel = "DIR",
            description = "With --connect: the sample city imported there, with its population.json")
    private Path population;

    @Option(
            names = "--gateway-key",
            paramLabel = "FILE",
            description = "With --connect: its public key (PEM), to check receipts; without it none is checked")
    private Path key;

    @Option(
            names = "--gateway-pid",
            paramLabel = "PID",
            description = "With --connect: its process on this machine, to tell its processor time")
    private Long pid;

    boolean isWanted() {
        return connect != null;
    }

    /** @throws IllegalArgumentException if the options do not go together or make no address. */
    void check() {
        if ((connect == null) != (population == null)) {
            throw new IllegalArgumentException("--connect and --population go together");
        }
        if (connect == null && (key != null || pid != null)) {
            throw new IllegalArgumentException("--gateway-key and --gateway-pid are for --connect");
        }
        if (connect != null) {
            address();
        }
    }

    InetSocketAddress address() {
        final int colon = connect.lastIndexOf(':');
        try {
            final int port = Integer.parseInt(connect.substring(colon + 1));
            if (colon >= 1 && port >= 1 && port <= MAX_PORT) {
                return new InetSocketAddress(connect.substring(0, colon), port);
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("--connect " + connect + ": HOST:PORT is wanted", e);
        }
        throw new IllegalArgumentException("--connect " + connect + ": HOST:PORT is wanted");
    }

    Path population() {
        return population;
    }

    OptionalLong pid() {
        return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    Optional<Sm2PublicKey> key() throws IOException {
        return key == null ? Optional.empty() : Optional.of(GatewayPublicKey.read(key));
    }
}
