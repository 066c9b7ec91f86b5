package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.replay.ReplayDocument;
import io.settlegate.gateway.replay.ReplayEnd;
import io.settlegate.gateway.replay.ReplayProgress;
import io.settlegate.gateway.replay.ReplayRun;
import io.settlegate.gateway.replay.ReplayStart;
import io.settlegate.gateway.replay.ReplayText;
import io.settlegate.gateway.replay.SignatureAudit;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.SignatureVerifiers;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the state from a journal, and compares every outcome and state hash with what was recorded.",
            "",
            "Shows a mismatch with both outcomes, field by field, masked. Adds up what the records say by transaction, by",
            "fund, and by institution, net of cancels and reversals, and compares these sums with each other and with the",
            "ledger that the engine kept.",
            "Needs no lock: the gateway may be running. Exit code 0: all equal. 1: something differs, a signature fails, or",
            "two sums do not agree."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final String ALL = "all";

    /** Tables of keys that make signatures faster to check, some 16,000. */
    private static final long KEY_TABLES_LENGTH = 64L << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Mixin
    private ProgressOption progress;

    @Option(
            names = "--to",
            paramLabel = "SEQ|TIME",
            description = {
                "stop exactly after this record, or after the last one not later than this time, also in the middle of a batch;",
                "a seal's state hash is compared where the seal was reached. A time is ISO 8601, or yyyy-MM-dd[ HH:mm[:ss]] in",
                "UTC+08:00, and a day, minute, or second counts as a whole"
            })
    private String to;

    @Option(
            names = "--from-snapshot",
            description = {
                "begin at the newest good snapshot not behind --to, whose state is believed. Without it the replay begins at",
                "the founding: that is the audit"
            })
    private boolean fromSnapshot;

    @Option(
            names = "--verify-signatures",
            description = {
                "check the SM2 signature of each command as well: a terminal's under the key version that the record names,",
                "the operator's for acts. The gateway's own acts are not signed"
            })
    private boolean verifySignatures;

    @Option(names = "--stop-at-mismatch", description = "stop at the first finding; the exit code is 1 then")
    private boolean stopAtMismatch;

    @Option(
            names = "--institutions",
            paramLabel = "N|all",
            defaultValue = "10",
            description =
                    "how many institutions to show, those with the most records first (default: ${DEFAULT-VALUE})")
    private String institutions;

    @Override
    public Integer call() throws IOException {
        final ReplayEnd end = ReplayEnd.of(to == null ? null : PointArgument.parse(spec, "--to", to));
        final int institutionCount = institutionCount();
        try (Store store = data.openStore();
                SignatureVerifiers verifiers =
                        verifySignatures ? new SignatureVerifiers("auto", KEY_TABLES_LENGTH, selection -> {}) : null) {
            final ReplayProgress shown = progress.begin(spec, store, end);
            final SignatureAudit audit = verifiers == null ? null : new SignatureAudit(verifiers.newVerifier());
            final ReplayRun run = new ReplayRun(
                    end, stopAtMismatch ? ReplayRun.OnFinding.STOP : ReplayRun.OnFinding.GO_ON, audit, shown);
            final long startNs = System.nanoTime();
            run.read(store, fromSnapshot ? ReplayStart.SNAPSHOT : ReplayStart.FOUNDING);
            final long tookNs = Math.max(1, System.nanoTime() - startNs);
            if (run.lastSequence() < 0) {
                throw new ParameterException(spec.commandLine(), "no record of this journal is as early as --to " + to);
            }
            final double rate = run.recordCount() * (double) TimeUnit.SECONDS.toNanos(1) / tookNs;
            return print(ReplayDocument.of(run, (long) rate, institutionCount));
        }
    }

    private int institutionCount() {
        if (institutions.equals(ALL)) {
            return Integer.MAX_VALUE;
        }
        if (!institutions.matches("[0-9]{1,7}")) {
            throw new ParameterException(
                    spec.commandLine(), "--institutions wants a number or all, not " + institutions);
        }
        return Integer.parseInt(institutions);
    }

    private int print(final ObjectNode document) {
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), document);
        } else {
            ReplayText.print(spec.commandLine().getOut(), document);
        }
        return ReplayDocument.isClean(document) ? 0 : Settlegate.FOUND;
    }
}
