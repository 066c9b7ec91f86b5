package io.settlegate.protocol.client;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The gateway as its terminals know it.
 *
 * @param addresses where it listens; tried in turn.
 * @param gatewayId its id; a gateway that calls itself otherwise is left at once.
 * @param key its public key; receipts are checked against it.
 */
public record GatewayEndpoint(List<InetSocketAddress> addresses, String gatewayId, Sm2PublicKey key) {
    public GatewayEndpoint {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a gateway needs at least one address");
        }
    }
}
