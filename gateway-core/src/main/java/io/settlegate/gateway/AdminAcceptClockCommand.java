package io.settlegate.gateway;

import io.settlegate.gateway.settlement.codec.AcceptClockEncoder;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "accept-clock",
        mixinStandardHelpOptions = true,
        description = {
            "Accepts this machine's clock after a jump, which had the gateway refuse every request (305 CLOCK_HELD).",
            "Look at the clock first: engine time never goes back, and msgids older than the horizon are forgotten."
        })
final class AdminAcceptClockCommand implements Callable<Integer> {
    private static final int ACT_LENGTH = 256;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "data directory")
    private Path data;

    @Override
    public Integer call() throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        try (OpenGateway gateway = OpenGateway.recover(directory, DurabilityLevel.BATCH)) {
            final long nowMs = Clock.systemUTC().millis();
            final long beforeMs = gateway.engine().lastTimeMs();
            final UnsafeBuffer act = new UnsafeBuffer(new byte[ACT_LENGTH]);
            final AcceptClockEncoder accept = new AcceptClockEncoder()
                    .wrapAndApplyHeader(act, 0, new MessageHeaderEncoder())
                    .acceptedMs(nowMs);
            accept.header()
                    .domainTag(ActDomainTag.OPERATOR_ACT)
                    .gatewayId(gateway.journal().genesis().gatewayId())
                    .actId("C" + nowMs)
                    .sentAtMs(nowMs);
            final int length = MessageHeaderEncoder.ENCODED_LENGTH + accept.encodedLength();
            new Sm2Signer(directory.operatorKey(), new SecureRandom())
                    .sign(act.byteArray(), 0, length, act.byteArray(), length);
            final ActRecorder recorder = new ActRecorder(gateway.engine(), gateway.journal(), Clock.systemUTC());
            recorder.accept(act, 0, length + Sm2Signer.SIGNATURE_LENGTH);
            recorder.commit();
            spec.commandLine().getOut().println("engine time moved from " + shown(beforeMs) + " to " + shown(nowMs));
        }
        return 0;
    }

    private static String shown(final long timeMs) {
        return Instant.ofEpochMilli(timeMs).atOffset(ZoneOffset.ofHours(8)).toString();
    }
}
