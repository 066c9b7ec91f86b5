package io.settlegate.gateway.transport;

import io.settlegate.gateway.pipeline.LineCounters;
import io.settlegate.gateway.pipeline.TerminalKeys;
import io.settlegate.protocol.crypto.SignatureVerifiers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;

/** A reception without sockets and without a line: for what is decided before a frame is claimed. */
final class TestReception {
    static final String GATEWAY_ID = "SG-TEST";

    private final LineCounters lineCounters = new LineCounters();
    private final Reception reception = new Reception(
            TransportConfiguration.forCores(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2),
            GATEWAY_ID,
            new TerminalKeys(),
            new SignatureVerifiers("scalar", 0, selection -> {}),
            null,
            new NettyEgress(),
            () -> new byte[0],
            new Admission(),
            lineCounters,
            new TransportCounters(),
            Clock.systemUTC());

    Reception reception() {
        return reception;
    }

    LineCounters lineCounters() {
        return lineCounters;
    }
}
