package io.settlegate.gateway;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes what archiving needs of a small city: several segments, and a start so much later that they are old. Stateless. */
final class AgeingCity {
    private static final int DAYS = 40;

    private AgeingCity() {}

    /** Settles one by one, with segments as short as they may be. */
    static List<SignedRequest> settle(final SmallCity city, final Random random, final int count) throws Exception {
        final List<SignedRequest> settled = new ArrayList<>();
        final TerminalIdentity terminal = city.terminals().get(0);
        try (Gateway gateway = GatewayInProcess.startRolling(city.data(), new DataDirectory(city.data()).store());
                TerminalClient client = TerminalClient.connect(
                        city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC())) {
            for (int i = 0; i < count; i++) {
                final SignedRequest request = client.requests()
                        .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis()));
                client.send(request).get(20, TimeUnit.SECONDS);
                settled.add(request);
            }
        }
        return settled;
    }

    /** An operator accepts the clock, and a start at a later time is a record of that time: what stands before it is then old. */
    static void startLater(final SmallCity city) throws IOException {
        startAfter(city, Duration.ofDays(DAYS)).close();
    }

    /** As above, that long from now; the caller closes it. */
    static Gateway startAfter(final SmallCity city, final Duration age) throws IOException {
        final Clock later = after(age);
        try (OpenGateway opened = OpenGateway.recover(new DataDirectory(city.data()), DurabilityLevel.BATCH)) {
            final ActRecorder recorder = new ActRecorder(opened.engine(), opened.journal(), later);
            final byte[] act = new Operator(city.data())
                    .acts(Clock.systemUTC())
                    .acceptClock(later.millis())
                    .frame();
            recorder.accept(new UnsafeBuffer(act), 0, act.length);
            recorder.commit();
        }
        return GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), later);
    }

    /** A clock that is ahead. */
    static Clock after(final Duration age) {
        return Clock.offset(Clock.systemUTC(), age);
    }
}
