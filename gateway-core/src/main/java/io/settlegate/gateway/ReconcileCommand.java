package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.gateway.reconciliation.ReconcileRun;
import io.settlegate.gateway.reconciliation.ReconcileText;
import io.settlegate.gateway.reconciliation.Refunds;
import io.settlegate.gateway.reconciliation.Summary;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Compares a hospital's file of settlements with the journal, and with the bureau's file where there is one: names each",
            "settlement that a book lacks, has twice, or has otherwise, and the act that mends it (docs/RECONCILIATION.md).",
            "A file is CSV with a line of column names, or separated by tabs: setl_id, mdtrt_id, psn_no, medfee_sumamt,",
            "fund_pay_sumamt, acct_pay, refd_setl_flag, and msgid if there is one; amounts in yuan. Or a .zip of one such file.",
            "A row that the journal has outside of the choice is not to be settled again: its act is CALL.",
            "The gateway may be running. What names a person is masked.",
            "Exit code 0: the books are equal. 1: they differ. 4: refused or failed, a bad row too; the message says why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  settlegate reconcile hospital.csv --data DIR --institution H32030200001 --from 2026-11-01 --to 2026-11-30",
            "  settlegate reconcile hospital.csv --bureau bureau.csv --data DIR --from 2026-11-28 --to 2026-11-28 --out found.csv"
        })
final class ReconcileCommand implements Callable<Integer> {
    private static final double NS_PER_SECOND = 1e9;
    private static final long MIB = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private JsonOption json;

    @Mixin
    private UnmaskOptions unmask;

    @Parameters(index = "0", paramLabel = "FILE", description = "the hospital's file")
    private Path file;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "data directory; its gateway may be running")
    private Path data;

    @Option(
            names = "--institution",
            paramLabel = "CODE",
            description = "only this institution, by its fixmedins_code (default: all)")
    private String institution;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            description = "first business day, UTC+08:00: yyyy-MM-dd")
    private LocalDate from;

    @Option(names = "--to", required = true, paramLabel = "DATE", description = "last business day: yyyy-MM-dd")
    private LocalDate to;

    @Option(
            names = "--clr-type",
            paramLabel = "TYPE",
            description = "only this clr_type: 11 outpatient, 21 inpatient, 41 pharmacy (default: all)")
    private String clrType;

    @Option(
            names = "--office",
            paramLabel = "ADMDVS",
            description = "only persons insured in this division (default: all)")
    private String office;

    @Option(
            names = "--refunds",
            defaultValue = "in",
            paramLabel = "in|out",
            description =
                    "in: the files hold refunds as rows of their own; out: only what stands, no refunds (default: ${DEFAULT-VALUE})")
    private String refunds;

    @Option(names = "--bureau", paramLabel = "FILE", description = "the bureau's file, of the same form")
    private Path bureau;

    @Option(names = "--out", paramLabel = "FILE", description = "write all differences here, as CSV; a new file")
    private Path out;

    @Option(
            names = "--temporary",
            paramLabel = "DIR",
            description =
                    "where rows are sorted on the disk, up to 1 KB each, and removed again (default: the system's)")
    private Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws IOException {
        unmask.check();
        final ReconcileRun.Options options = options();
        final DataDirectory directory = new DataDirectory(data);
        try (Store store = directory.existingStore()) {
            final Masking masking = unmask.masking(directory, scope(store));
            final long beganNs = System.nanoTime();
            final ReconcileRun run = new ReconcileRun(options, masking);
            final Summary summary = run.run(store);
            tell(run, summary, (System.nanoTime() - beganNs) / NS_PER_SECOND);
            return summary.found() == 0 ? 0 : Settlegate.FOUND;
        }
    }

    private ReconcileRun.Options options() {
        if (to.isBefore(from)) {
            throw new ParameterException(spec.commandLine(), "--to " + to + " is before --from " + from);
        }
        return new ReconcileRun.Options(
                file,
                bureau,
                institution,
                from,
                to,
                clrType,
                office,
                refundsOf(refunds),
                out,
                temporary,
                ReconcileRun.PARTITIONS);
    }

    private Refunds refundsOf(final String word) {
        for (final Refunds each : Refunds.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        throw new ParameterException(spec.commandLine(), "--refunds is in or out, not " + word);
    }

    private ReadScope scope(final Store store) {
        final StringBuilder asked = new StringBuilder("reconcile --from ")
                .append(from)
                .append(" --to ")
                .append(to);
        if (institution != null) {
            asked.append(" --institution ").append(institution);
        }
        if (!unmask.isWanted()) {
            return new ReadScope(ReadCommand.EXPORT, 0, 0, asked.toString(), asked.toString());
        }
        try (JournalFollower follower = JournalFollower.open(store)) {
            return new ReadScope(
                    ReadCommand.EXPORT,
                    follower.firstSequence(),
                    follower.lastSequence(),
                    asked.toString(),
                    asked.toString());
        }
    }

    private void tell(final ReconcileRun run, final Summary summary, final double seconds) {
        final PrintWriter print = spec.commandLine().getOut();
        if (json.isWanted()) {
            final ObjectNode object = ReconcileText.json(summary, run.first());
            object.put("asOfSequence", run.asOfSequence())
                    .put("seconds", seconds)
                    .put("peakHeapBytes", peakHeapBytes());
            JsonOption.print(print, object);
            return;
        }
        ReconcileText.lines(summary, run.first()).forEach(print::println);
        print.println();
        print.printf(
                "%s, as of record %d; %.1f seconds, %d MB of heap at the most%n",
                summary.found() == 0 ? "the books are equal" : "the books differ in " + summary.found() + " rows",
                run.asOfSequence(),
                seconds,
                peakHeapBytes() / MIB);
        if (out != null) {
            print.println("all differences: " + out);
        }
        print.flush();
    }

    private static long peakHeapBytes() {
        long sum = 0;
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            sum += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        return sum;
    }
}
