package io.settlegate.gateway.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.recovery.ReplayMismatch;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.SnapshotUse;
import io.settlegate.protocol.receipt.Seal;

/**
 * What a replay found as a JSON object, masked; docs/JOURNAL_FORMAT.md lists what programs may rely on.
 *
 * <p>One thread. Recomputes the state hash from nothing, which takes as long as the state is large.
 */
public final class ReplayDocument {
    private final ReplayRun run;
    private final EngineReplay replay;
    private final JournalTotals totals;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private ReplayDocument(final ReplayRun run) {
        this.run = run;
        this.replay = run.replay();
        this.totals = run.totals();
    }

    /**
     * @param recordsPerSecond of the run.
     * @param institutionCount how many institutions are shown, those with the most records first.
     */
    public static ObjectNode of(final ReplayRun run, final long recordsPerSecond, final int institutionCount) {
        final ReplayDocument made = new ReplayDocument(run);
        made.fill(recordsPerSecond, institutionCount);
        return made.document;
    }

    /** Whether everything was equal, every sum agreed, and every signature that was checked stood. */
    public static boolean isClean(final ObjectNode document) {
        return document.get("isClean").asBoolean();
    }

    private void fill(final long recordsPerSecond, final int institutionCount) {
        final SettlementEngine engine = replay.engine();
        final boolean isRecomputedEqual = engine.recomputeStateHashHigh() == engine.stateHashHigh()
                && engine.recomputeStateHashLow() == engine.stateHashLow();
        document.put("gatewayId", replay.genesis().gatewayId())
                .put("isClean", false)
                .put("records", replay.recordCount())
                .put("seals", replay.sealCount())
                .put("mismatches", replay.mismatchCount())
                .put("stateHash", MismatchLog.hash(engine.stateHashHigh(), engine.stateHashLow()));
        putStop();
        document.put("stateHashRecomputed", isRecomputedEqual)
                .put("recordsPerSecond", recordsPerSecond)
                .put("ledgerSumFen", engine.ledgerSumFen())
                .put("settlements", totals.settlementCount())
                .put("reversals", totals.reversalCount())
                .put("cancels", totals.cancelCount())
                .put("reversedCancels", totals.reversedCancelCount())
                .put("reversedAdmissions", totals.reversedAdmissionCount())
                .put("repeats", totals.repeatCount())
                .put("refusals", totals.refusalCount())
                .put("medfeeSumamtGrossFen", totals.medfeeSumamtGrossFen())
                .put("medfeeSumamtFen", run.summary().total.medfeeSumamtFen)
                .put("fundPaySumamtFen", totals.fundPaySumamtFen())
                .put("hospPartAmtFen", run.summary().total.hospPartAmtFen)
                .put("acctPayFen", totals.acctPayFen())
                .put("acctMulaidPayFen", run.summary().total.acctMulaidPayFen)
                .put("psnCashPayFen", totals.psnCashPayFen());
        putMismatches();
        final boolean isSigned = putSignatures();
        new SummaryTables(run.summary()).put(document, institutionCount);
        final boolean agrees = putChecks();
        document.put(
                "isClean",
                replay.mismatchCount() == 0 && isRecomputedEqual && engine.ledgerSumFen() == 0 && isSigned && agrees);
    }

    private void putStop() {
        final Seal seal = run.lastSeal();
        if (seal != null) {
            document.put("sealedStateHash", MismatchLog.hash(seal.stateHashHigh(), seal.stateHashLow()));
        }
        putStart();
        final ObjectNode stop = document.putObject("stop")
                .put("why", run.stop().name())
                .put("to", run.end().toString())
                .put("lastSequence", run.lastSequence())
                .put("lastTime", ShownTime.of(run.lastTimeMs()))
                .put("isUnderLastSeal", seal != null && seal.lastSequence() == run.lastSequence());
        if (seal != null) {
            stop.put("lastSealNumber", seal.sealNumber()).put("lastSealedSequence", seal.lastSequence());
        }
    }

    private void putStart() {
        final SnapshotUse begun = run.begunFrom();
        final ObjectNode start = document.putObject("start")
                .put("isSnapshot", begun.isFromSnapshot())
                .put("snapshotSequence", begun.sequence())
                .put("snapshot", begun.place());
        final ArrayNode refused = start.putArray("refusedSnapshots");
        begun.refused()
                .forEach(snapshot ->
                        refused.addObject().put("snapshot", snapshot.place()).put("reason", snapshot.reason()));
    }

    private void putMismatches() {
        final ObjectNode counts = document.putObject("mismatchesOf");
        for (final ReplayMismatch.What what : ReplayMismatch.What.values()) {
            counts.put(what.name(), replay.mismatchCount(what));
        }
        document.set("firstMismatches", run.log().kept());
    }

    /** @return false if one does not stand. */
    private boolean putSignatures() {
        final SignatureAudit audit = run.audit();
        if (audit == null) {
            return true;
        }
        final ArrayNode findings = document.putObject("signatures")
                .put("checked", audit.checkedCount())
                .put("unsignedGatewayActs", audit.unsignedCount())
                .put("findings", audit.findingCount())
                .putArray("firstFindings");
        for (final SignatureFinding finding : audit.findings()) {
            findings.addObject()
                    .put("sequence", finding.sequence())
                    .put("what", finding.what().name())
                    .put("words", finding.what().words());
        }
        return audit.findingCount() == 0;
    }

    /** @return false if two sums differ. */
    private boolean putChecks() {
        final ArrayNode checks = document.putArray("checks");
        boolean agree = true;
        for (final SummaryCheck check : SummaryCheck.of(run.summary(), totals, replay.recordCount())) {
            agree &= check.holds();
            checks.addObject()
                    .put("check", check.name())
                    .put("holds", check.holds())
                    .put("left", check.left())
                    .put("right", check.right())
                    .put("differing", check.differingCount())
                    .put("words", check.words());
        }
        return agree;
    }
}
