package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.clearing.ClearingStatement;
import io.settlegate.gateway.clearing.EngineCheck;
import io.settlegate.gateway.clearing.Finality;
import io.settlegate.gateway.clearing.Period;
import io.settlegate.gateway.clearing.StatementDocument;
import io.settlegate.gateway.clearing.StatementFiles;
import io.settlegate.gateway.clearing.StatementReading;
import io.settlegate.gateway.pages.ReportDirectory;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "statement",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the clearing statement of an office for a business day or a month.",
            "",
            "It says what each institution's settlements and refunds add up to, by insurance, clearing type, fund,",
            "and day. A printable page for each institution, an index page, rows for programs, and the fields of the clearing",
            "application 3203 as JSON, all in a new directory.",
            "",
            "A refund counts on its own day, so that the figures of a day do not change once it is over. Once the period is closed",
            "(`admin close-period`) the files stay the same byte for byte; before, the pages say that they are provisional.",
            "Exit code 0: all laws hold. 1: a law does not; the pages say which. 4: refused or failed; the message says why."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  settlegate clearing statement --data DIR --office 320100 --month 2026-11 --out /srv/clearing/2026-11",
            "  settlegate clearing statement --data DIR --office 320100 --day 2026-11-28 --out /srv/today --check"
        })
final class ClearingStatementCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalOption data;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--office",
            required = true,
            paramLabel = "ADMDVS",
            description = "clearing office: the division where the persons are insured, six digits")
    private String office;

    @ArgGroup(multiplicity = "1")
    private When when;

    @Option(
            names = "--institution",
            paramLabel = "CODE",
            description = "only this institution, by its fixmedins_code (default: all)")
    private String institution;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "the files' directory, which is made")
    private Path out;

    @Option(
            names = "--check",
            description = {
                "replay the journal to the end of the period and compare with the engine's own totals of these days:",
                "seconds for each million records"
            })
    private boolean check;

    /** One of these. */
    private static final class When {
        @Option(names = "--month", required = true, paramLabel = "yyyy-MM", description = "a month")
        private YearMonth month;

        @Option(names = "--day", required = true, paramLabel = "yyyy-MM-dd", description = "a business day, UTC+08:00")
        private LocalDate day;

        private Period period() {
            return month == null ? Period.day(day) : Period.month(month);
        }
    }

    @Override
    public Integer call() throws IOException {
        CodeArgument.checkOffice(spec, office);
        CodeArgument.checkInstitution(spec, institution);
        try (Store store = data.openStore();
                ReportDirectory directory = ReportDirectory.create(out)) {
            final StatementReading reading = new StatementReading(store);
            reading.read(office, when.period(), institution);
            checkBegun(reading.finality());
            final EngineCheck engine = check ? EngineCheck.of(store, reading.statement()) : EngineCheck.NOT_ASKED;
            final ObjectNode document = StatementDocument.of(reading.statement(), reading.finality(), engine);
            new StatementFiles(directory).write(reading.statement(), reading.finality(), engine, document);
            directory.commit();
            tell(reading, engine, document);
            return reading.statement().isSound() && !engine.isFaulty() ? 0 : Settlegate.FOUND;
        }
    }

    /** A journal may be ahead of this machine's clock; what it holds can be told. */
    private void checkBegun(final Finality finality) {
        if (when.period().isBehind(Math.max(System.currentTimeMillis(), finality.asOfMs()))) {
            throw new ParameterException(
                    spec.commandLine(),
                    (when.month == null ? "--day " : "--month ") + when.period().name()
                            + " is in the future: nothing is settled yet; name one that has begun");
        }
    }

    private void tell(final StatementReading reading, final EngineCheck engine, final ObjectNode document) {
        final PrintWriter print = spec.commandLine().getOut();
        final ClearingStatement statement = reading.statement();
        if (json.isWanted()) {
            JsonOption.print(print, document);
        } else {
            final Finality finality = reading.finality();
            print.println(statement.rowCount() + " rows of "
                    + document.get("institutions").size()
                    + " institutions, medfee_sumamt "
                    + document.at("/totals/medfee_sumamt").asText() + ", fund_pay_sumamt "
                    + document.at("/totals/fund_pay_sumamt").asText() + ", acct_pay "
                    + document.at("/totals/acct_pay").asText() + " yuan");
            print.println(
                    finality.isClosed()
                            ? "closed by record " + finality.closing().sequence() + ", key " + finality.operatorKeyId()
                            : "provisional: the period is not closed; as of record " + finality.asOfSequence());
            print.println("pages: " + out.resolve("index.html"));
            print.flush();
        }
        if (statement.rowCount() == 0) {
            spec.commandLine()
                    .getErr()
                    .println("settlegate: nobody insured in " + office + " settled anything "
                            + (institution == null ? "" : "at " + institution + " ") + "in "
                            + when.period().name()
                            + ": the statement is empty. Where that is unexpected: --office is the"
                            + " division where persons are insured, not that of the institution");
        }
        if (engine.isFaulty()) {
            spec.commandLine()
                    .getErr()
                    .println("settlegate: the engine's totals of these days are others: " + engine.found());
        }
        if (!statement.isSound()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "settlegate: amounts do not add up; the checks on the pages say where. Run `settlegate replay`");
        }
    }
}
