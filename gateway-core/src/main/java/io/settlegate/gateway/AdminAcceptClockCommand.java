package io.settlegate.gateway;

import io.settlegate.gateway.operations.OperatorActs;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
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
            "Look at the clock first: engine time never goes back, and msgids older than the horizon are forgotten.",
            "A running gateway is reached through its operators' socket; if none runs the act is written to the journal.",
            "Where no clock is held there is nothing to accept, and the act is refused (VALUE_WRONG, exit code 4)."
        })
final class AdminAcceptClockCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "data directory")
    private Path data;

    @Option(
            names = "--connect",
            paramLabel = "WHERE",
            description = "where operators connect: unix:PATH or HOST:PORT (default: unix:DIR/operator.sock)")
    private String connect;

    @Override
    public Integer call() throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        final Sm2Signer signer = new Sm2Signer(directory.operatorKey(), new SecureRandom());
        final Clock clock = Clock.systemUTC();
        try (ActTarget target =
                ActTarget.open(directory, connect, spec.commandLine().getOut())) {
            final SignedAct act = new OperatorActs(signer, target.gatewayId(), clock).acceptClock(clock.millis());
            target.accept(new UnsafeBuffer(act.frame()), 0, act.frame().length);
            target.commit();
            spec.commandLine().getOut().println(act.effect() + ": record " + target.lastSequence());
        }
        return 0;
    }
}
