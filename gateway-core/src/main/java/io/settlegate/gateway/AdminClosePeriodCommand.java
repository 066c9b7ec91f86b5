package io.settlegate.gateway;

import io.settlegate.gateway.operations.OperatorActs;
import io.settlegate.gateway.operations.PeriodChange;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "close-period",
        mixinStandardHelpOptions = true,
        description = {
            "Closes the clearing of an office through a business day that is over.",
            "",
            "Its settlements up to that day are not cancelled any more (706). With --reopen it is open again behind an earlier day.",
            "A running gateway is reached through its operators' socket; if none runs the act is written to the journal.",
            "Exit code 0: done. 4: refused (PERIOD_NOT_OVER, PERIOD_ORDER, REFERENCE_UNKNOWN), or no answer came."
        })
final class AdminClosePeriodCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "data directory")
    private Path data;

    @Option(
            names = "--connect",
            paramLabel = "WHERE",
            description = "where operators connect: unix:PATH or HOST:PORT (default: unix:DIR/operator.sock)")
    private String connect;

    @Option(
            names = "--office",
            required = true,
            paramLabel = "ADMDVS",
            description = "the clearing office: the place where the persons are insured, six digits")
    private String office;

    @Option(
            names = "--through",
            required = true,
            paramLabel = "DATE",
            description = "the last business day that is closed then, as 2026-11-30")
    private LocalDate through;

    @Option(names = "--reopen", description = "open again what is behind that day")
    private boolean isReopened;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "why, one line that names nobody; it stands in the record")
    private String reason;

    @Override
    public Integer call() throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        final Sm2Signer signer = new Sm2Signer(directory.operatorKey(), new SecureRandom());
        final PeriodChange change = isReopened ? PeriodChange.REOPEN : PeriodChange.CLOSE;
        try (ActTarget target =
                ActTarget.open(directory, connect, spec.commandLine().getOut())) {
            final SignedAct act = new OperatorActs(signer, target.gatewayId(), Clock.systemUTC())
                    .period(office, through, change, reason);
            target.accept(new UnsafeBuffer(act.frame()), 0, act.frame().length);
            target.commit();
            spec.commandLine().getOut().println(act.effect() + ": record " + target.lastSequence());
        }
        return 0;
    }
}
