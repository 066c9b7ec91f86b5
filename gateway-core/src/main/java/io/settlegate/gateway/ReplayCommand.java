package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.recovery.ReplayMismatch;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.store.Store;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the state from a journal, and compares every outcome and state hash with what was recorded.",
            "Needs no lock: the gateway may be running. Exit code 0: all equal. 1: something differs."
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws java.io.IOException {
        final JournalTotals totals = new JournalTotals();
        final EngineReplay replay = new EngineReplay(TerminalListener.NONE, totals, EngineReplay.Mismatches.COUNTED);
        final long startNs = System.nanoTime();
        final JournalScan scan;
        try (Store store = data.openStore()) {
            scan = JournalScan.read(store, replay);
        }
        final long tookNs = Math.max(1, System.nanoTime() - startNs);
        final Result result = new Result(
                replay, totals, scan, (long) (replay.recordCount() * (double) TimeUnit.SECONDS.toNanos(1) / tookNs));
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), result.toJson());
        } else {
            result.print(spec.commandLine().getOut());
        }
        return result.isClean() ? 0 : Settlegate.FOUND;
    }

    /** What the replay found, and how it is shown. */
    private record Result(EngineReplay replay, JournalTotals totals, JournalScan scan, long recordsPerSecond) {
        private boolean isClean() {
            return replay.mismatchCount() == 0
                    && isRecomputedEqual()
                    && replay.engine().ledgerSumFen() == 0;
        }

        /** The hash kept up with each row against the hash summed over all rows from nothing. */
        private boolean isRecomputedEqual() {
            final SettlementEngine engine = replay.engine();
            return engine.recomputeStateHashHigh() == engine.stateHashHigh()
                    && engine.recomputeStateHashLow() == engine.stateHashLow();
        }

        private String stateHash() {
            return String.format(
                    "%016x%016x",
                    replay.engine().stateHashHigh(), replay.engine().stateHashLow());
        }

        private String sealedStateHash() {
            return String.format(
                    "%016x%016x",
                    scan.lastSeal().stateHashHigh(), scan.lastSeal().stateHashLow());
        }

        private ObjectNode toJson() {
            final ObjectNode object = new ObjectMapper()
                    .createObjectNode()
                    .put("gatewayId", replay.genesis().gatewayId())
                    .put("records", replay.recordCount())
                    .put("seals", replay.sealCount())
                    .put("mismatches", replay.mismatchCount())
                    .put("stateHash", stateHash())
                    .put("sealedStateHash", sealedStateHash())
                    .put("stateHashRecomputed", isRecomputedEqual())
                    .put("recordsPerSecond", recordsPerSecond)
                    .put("ledgerSumFen", replay.engine().ledgerSumFen())
                    .put("settlements", totals.settlementCount())
                    .put("reversals", totals.reversalCount())
                    .put("cancels", totals.cancelCount())
                    .put("repeats", totals.repeatCount())
                    .put("refusals", totals.refusalCount())
                    .put("medfeeSumamtGrossFen", totals.medfeeSumamtGrossFen())
                    .put("fundPaySumamtFen", totals.fundPaySumamtFen())
                    .put("acctPayFen", totals.acctPayFen())
                    .put("psnCashPayFen", totals.psnCashPayFen());
            final ArrayNode first = object.putArray("firstMismatches");
            for (final ReplayMismatch mismatch : replay.mismatches()) {
                first.addObject()
                        .put("sequence", mismatch.sequence())
                        .put("what", mismatch.what().name());
            }
            return object;
        }

        private void print(final PrintWriter out) {
            out.printf("gateway          %s%n", replay.genesis().gatewayId());
            out.printf(
                    "records          %,d under %,d seals, %,d records/s%n",
                    replay.recordCount(), replay.sealCount(), recordsPerSecond);
            out.printf(
                    "settlements      %,d, of which %,d reversed and %,d cancelled; %,d repeats; %,d refusals%n",
                    totals.settlementCount(),
                    totals.reversalCount(),
                    totals.cancelCount(),
                    totals.repeatCount(),
                    totals.refusalCount());
            out.printf(
                    "paid, net        fund %s, account %s, cash %s yuan%n",
                    yuan(totals.fundPaySumamtFen()), yuan(totals.acctPayFen()), yuan(totals.psnCashPayFen()));
            out.printf(
                    "state hash       %s (%s from nothing)%n", stateHash(), isRecomputedEqual() ? "equal" : "DIFFERS");
            out.printf("ledger sum       %s yuan%n", yuan(replay.engine().ledgerSumFen()));
            out.printf("mismatches       %,d%n", replay.mismatchCount());
            for (final ReplayMismatch mismatch : replay.mismatches()) {
                out.println("                 " + mismatch);
            }
        }

        private static String yuan(final long fen) {
            return String.format("%,.2f", BigDecimal.valueOf(fen, 2));
        }
    }
}
