package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.recovery.ReplayCheck;
import io.settlegate.journal.Damage;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.HeadComparison;
import io.settlegate.journal.Journal;
import io.settlegate.journal.JournalException;
import io.settlegate.journal.JournalVerification;
import io.settlegate.journal.SnapshotCheck;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.proof.Head;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every CRC, sequence, leaf, Merkle root, chain link, tree head, and seal signature; names each damage.",
            "A damage has file, record, and field. That outcomes and state hashes are what the engine computes is checked with --replay, or by",
            "`settlegate replay`. A journal rewritten by somebody who has the gateway's key is whole in itself: --from-head",
            "compares it with a head that was kept elsewhere, and finds that. Snapshots are checked too: bytes, signatures, and that",
            "their seals stand in the journal. Where segments are archived, it begins behind them and says so; the hashes of their",
            "seals are kept and checked, and heads of that time are compared with them.",
            "Exit code 0: whole, and each head and outcome fits. 1: damaged, rewritten, or computed otherwise."
        })
final class JournalVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Option(
            names = "--from-head",
            paramLabel = "FILE",
            description = "a head kept elsewhere (`journal head`), which the journal must still hold; may be repeated")
    private List<Path> headFiles = List.of();

    @Option(
            names = "--replay",
            description = "also run the engine over it and compare every outcome and state hash, if it is whole")
    private boolean replay;

    @Mixin
    private JsonOption json;

    /** All that was found; the replay is null where none was made. */
    private record Found(JournalVerification.Report report, List<HeadComparison> heads, ReplayCheck.Report replay) {
        private boolean isGood() {
            return report.isGood()
                    && heads.stream().allMatch(head -> head.finding() == HeadComparison.Finding.FITS)
                    && (replay == null || replay.isGood());
        }
    }

    @Override
    public Integer call() throws IOException {
        final Found found;
        try (Store store = data.openStore()) {
            final List<HeadComparison> comparisons = comparisons(store);
            final JournalVerification.Report report =
                    JournalVerification.verify(store, data.archivedSeals(), comparisons);
            found = new Found(report, comparisons, replay && report.isGood() ? ReplayCheck.of(store) : null);
        }
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), toJson(found));
        } else {
            print(spec.commandLine().getOut(), found);
        }
        return found.isGood() ? 0 : Settlegate.FOUND;
    }

    private List<HeadComparison> comparisons(final Store store) throws IOException {
        final List<HeadComparison> comparisons = new ArrayList<>();
        final Genesis genesis = genesis(store);
        for (final Head head : ProofFiles.heads(headFiles)) {
            final HeadComparison comparison = new HeadComparison(head);
            comparisons.add(genesis == null ? comparison : comparison.of(genesis));
        }
        return comparisons;
    }

    /** Null if the founding record is damaged, which the verification tells. */
    private static Genesis genesis(final Store store) {
        try {
            return Journal.genesisOf(store);
        } catch (final JournalException | IllegalArgumentException e) {
            return null;
        }
    }

    private ObjectNode toJson(final Found found) {
        final JournalVerification.Report report = found.report();
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("good", found.isGood())
                .put("records", report.recordCount())
                .put("seals", report.sealCount());
        final ArrayNode damages = object.putArray("damages");
        for (final Damage damage : report.damages()) {
            damages.addObject()
                    .put("segment", damage.segment())
                    .put("file", damage.file())
                    .put("offset", damage.offset())
                    .put("sequence", damage.sequence())
                    .put("sealNumber", damage.sealNumber())
                    .put("field", damage.field())
                    .put("reason", damage.reason())
                    .put("advice", damage.advice());
        }
        if (report.archived() != null) {
            object.putObject("archived")
                    .put("lastSequence", report.archived().lastSequence())
                    .put("sealNumber", report.archived().sealNumber())
                    .put("firstSegment", report.archived().firstSegment());
        }
        final ArrayNode snapshots = object.putArray("snapshots");
        for (final SnapshotCheck check : report.snapshots()) {
            snapshots
                    .addObject()
                    .put("sequence", check.sequence())
                    .put("file", check.place())
                    .put("finding", check.finding().name())
                    .put("reason", check.reason());
        }
        final ArrayNode heads = object.putArray("heads");
        for (int i = 0; i < found.heads().size(); i++) {
            final HeadComparison head = found.heads().get(i);
            heads.addObject()
                    .put("file", headFiles.get(i).toString())
                    .put("sealNumber", head.head().number())
                    .put("finding", head.finding().name())
                    .put("words", head.describe());
        }
        object.put("parting", HeadComparison.parting(found.heads()));
        if (found.replay() != null) {
            object.putObject("replay")
                    .put("snapshotSequence", found.replay().snapshotSequence())
                    .put("mismatches", found.replay().mismatchCount())
                    .put("words", found.replay().describe());
        }
        return object;
    }

    private void print(final PrintWriter out, final Found found) {
        final JournalVerification.Report report = found.report();
        out.printf(
                "%,d records under %,d seals are %s%n",
                report.recordCount(), report.sealCount(), report.isGood() ? "whole" : "as sealed; but:");
        if (report.archived() != null) {
            out.println(report.archived().describe());
        }
        for (final SnapshotCheck check : report.snapshots()) {
            final String reason = check.reason().isEmpty() ? "" : ": " + check.reason();
            out.printf(
                    "snapshot up to record %,d: %s%s%n",
                    check.sequence(), check.finding().name().toLowerCase(Locale.ROOT), reason);
        }
        for (final Damage damage : report.damages()) {
            out.println(damage.describe());
        }
        for (int i = 0; i < found.heads().size(); i++) {
            out.println(headFiles.get(i) + ", " + found.heads().get(i).describe());
        }
        final String parting = HeadComparison.parting(found.heads());
        if (!parting.isEmpty()) {
            out.println(parting);
        }
        if (found.replay() != null) {
            out.println(found.replay().describe());
        } else if (replay) {
            out.println("not replayed, because it is damaged");
        }
    }
}
