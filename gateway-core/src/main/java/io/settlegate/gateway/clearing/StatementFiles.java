package io.settlegate.gateway.clearing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import io.settlegate.gateway.inspection.Yuan;
import io.settlegate.gateway.pages.PageTemplate;
import io.settlegate.gateway.pages.ReportDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a statement's files: pages, rows for programs, and the document. One thread; blocks on the disk. */
public final class StatementFiles {
    private final ReportDirectory directory;
    private final PageTemplate template = new PageTemplate();

    public StatementFiles(final ReportDirectory directory) {
        this.directory = directory;
    }

    /** The file of an institution's page: codes are letters and digits, and what is not is left out of a file's name. */
    static String pageOf(final String institution) {
        return "institution-" + institution.replaceAll("[^A-Za-z0-9]", "_") + ".html";
    }

    public void write(
            final ClearingStatement statement,
            final Finality finality,
            final EngineCheck engine,
            final ObjectNode document)
            throws IOException {
        final StatementPages pages = new StatementPages(statement, finality, engine);
        directory.write("index.html", template.render(pages.index()));
        for (final InstitutionStatement institution : statement.institutions().values()) {
            directory.write(pageOf(institution.code()), template.render(pages.of(institution)));
        }
        writeTotals(statement);
        writeFunds(statement);
        directory.write("statement.json", document.toPrettyString() + '\n');
    }

    private void writeTotals(final ClearingStatement statement) throws IOException {
        final List<String> columns = new ArrayList<>(List.of(
                "day",
                "clr_optins",
                "fixmedins_code",
                "fixmedins_name",
                "insutype",
                "clr_type",
                "settlements",
                "refunds"));
        for (final Amount amount : Amount.values()) {
            columns.add(amount.field());
        }
        try (CsvGenerator csv = directory.csv("totals.csv", columns)) {
            for (final InstitutionStatement institution :
                    statement.institutions().values()) {
                for (final var entry : institution.byKey().entrySet()) {
                    writeRow(csv, statement, institution, entry.getKey(), entry.getValue());
                }
            }
        }
    }

    private static void writeRow(
            final CsvGenerator csv,
            final ClearingStatement statement,
            final InstitutionStatement institution,
            final InstitutionStatement.Key key,
            final Totals totals)
            throws IOException {
        csv.writeStartArray();
        csv.writeString(key.day().toString());
        csv.writeString(statement.office());
        csv.writeString(institution.code());
        csv.writeString(institution.name());
        csv.writeString(key.insutype());
        csv.writeString(key.clrType());
        csv.writeNumber(totals.settlementCount());
        csv.writeNumber(totals.refundCount());
        for (final Amount amount : Amount.values()) {
            csv.writeString(Yuan.of(totals.fen(amount)));
        }
        csv.writeEndArray();
    }

    /** A row for each fund that paid or took back. */
    private void writeFunds(final ClearingStatement statement) throws IOException {
        final List<String> columns = List.of(
                "day", "clr_optins", "fixmedins_code", "insutype", "clr_type", "fund_pay_type", "fund", "fund_payamt");
        try (CsvGenerator csv = directory.csv("funds.csv", columns)) {
            for (final InstitutionStatement institution :
                    statement.institutions().values()) {
                for (final var entry : institution.byKey().entrySet()) {
                    for (final Amount fund : Amount.FUNDS) {
                        writeFund(csv, statement, institution, entry.getKey(), entry.getValue(), fund);
                    }
                }
            }
        }
    }

    private static void writeFund(
            final CsvGenerator csv,
            final ClearingStatement statement,
            final InstitutionStatement institution,
            final InstitutionStatement.Key key,
            final Totals totals,
            final Amount fund)
            throws IOException {
        if (totals.fen(fund) == 0) {
            return;
        }
        csv.writeStartArray();
        csv.writeString(key.day().toString());
        csv.writeString(statement.office());
        csv.writeString(institution.code());
        csv.writeString(key.insutype());
        csv.writeString(key.clrType());
        csv.writeString(FundCodes.of(fund, key.insutype()));
        csv.writeString(fund.field());
        csv.writeString(Yuan.of(totals.fen(fund)));
        csv.writeEndArray();
    }
}
