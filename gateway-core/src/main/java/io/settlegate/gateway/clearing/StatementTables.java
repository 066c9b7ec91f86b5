package io.settlegate.gateway.clearing;

import io.settlegate.gateway.inspection.Yuan;
import io.settlegate.gateway.pages.Cell;
import io.settlegate.gateway.pages.Heading;
import io.settlegate.gateway.pages.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The tables of a statement's pages. No state. */
final class StatementTables {
    private static final List<Amount> WHO_PAYS =
            List.of(Amount.MEDFEE, Amount.FUND_SUM, Amount.ACCT, Amount.ACCT_MULAID, Amount.CASH, Amount.HOSP_PART);
    private static final List<Amount> SPLIT = List.of(
            Amount.MEDFEE,
            Amount.FULAMT_OWNPAY,
            Amount.OVERLMT_SELFPAY,
            Amount.PRESELFPAY,
            Amount.INSCP_SCP,
            Amount.ACT_PAY_DEDC,
            Amount.PSN_PART);
    private static final List<Amount> FUNDS = List.of(
            Amount.HIFP,
            Amount.CVLSERV,
            Amount.HIFES,
            Amount.HIFMI,
            Amount.HIFOB,
            Amount.MAF,
            Amount.OTH,
            Amount.FUND_SUM);

    /** Whether a table counts rows before its amounts. */
    private enum Counts {
        SHOWN,
        LEFT_OUT
    }

    private StatementTables() {}

    static List<Table> ofInstitution(final InstitutionStatement institution, final Period period) {
        final List<Table> tables = new ArrayList<>();
        tables.add(byLine("结算汇总", "who paid, by insurance and clearing type", institution, WHO_PAYS, Counts.SHOWN));
        tables.add(byLine(
                "费用构成",
                "the bill: four-way split, deductible, the person's part",
                institution,
                SPLIT,
                Counts.LEFT_OUT));
        tables.add(byLine("基金支付明细", "which fund paid", institution, FUNDS, Counts.LEFT_OUT));
        if (!period.isOneDay()) {
            tables.add(byDay(institution));
        }
        return tables;
    }

    private static Table byLine(
            final String title,
            final String note,
            final InstitutionStatement institution,
            final List<Amount> amounts,
            final Counts counts) {
        final List<Heading> headings = new ArrayList<>();
        headings.add(Heading.text("险种", "insutype"));
        headings.add(Heading.text("清算类别", "clr_type"));
        putHeadings(headings, amounts, counts);
        final List<Table.Row> rows = new ArrayList<>();
        institution.byLine().forEach((line, totals) -> {
            final List<Cell> cells = new ArrayList<>();
            cells.add(Cell.text(Codes.insutype(line.insutype())));
            cells.add(Cell.text(Codes.clrType(line.clrType())));
            putCells(cells, totals, amounts, counts);
            rows.add(Table.Row.plain(cells));
        });
        final List<Cell> sum = new ArrayList<>(List.of(Cell.text("合计"), Cell.text("")));
        putCells(sum, institution.sum(), amounts, counts);
        rows.add(Table.Row.sum(sum));
        return new Table(title, note, headings, rows);
    }

    private static Table byDay(final InstitutionStatement institution) {
        return table("每日合计", "by business day", Heading.text("日期", "day"), institution.byDay(), institution.sum());
    }

    private static <T> Table table(
            final String title,
            final String note,
            final Heading first,
            final SortedMap<T, Totals> sums,
            final Totals sum) {
        final List<Heading> headings = new ArrayList<>(List.of(first));
        putHeadings(headings, WHO_PAYS, Counts.SHOWN);
        final List<Table.Row> rows = new ArrayList<>();
        for (final Map.Entry<T, Totals> entry : sums.entrySet()) {
            final List<Cell> cells =
                    new ArrayList<>(List.of(Cell.text(entry.getKey().toString())));
            putCells(cells, entry.getValue(), WHO_PAYS, Counts.SHOWN);
            rows.add(Table.Row.plain(cells));
        }
        final List<Cell> cells = new ArrayList<>(List.of(Cell.text("合计")));
        putCells(cells, sum, WHO_PAYS, Counts.SHOWN);
        rows.add(Table.Row.sum(cells));
        return new Table(title, note, headings, rows);
    }

    /** All institutions, each with a link to its page. */
    static List<Table> ofAll(final ClearingStatement statement) {
        return List.of(
                ofInstitutions(statement, "各机构结算汇总", "who paid, by institution", WHO_PAYS, Counts.SHOWN),
                ofInstitutions(statement, "各机构基金支付明细", "which fund paid, by institution", FUNDS, Counts.LEFT_OUT));
    }

    private static Table ofInstitutions(
            final ClearingStatement statement,
            final String title,
            final String note,
            final List<Amount> amounts,
            final Counts counts) {
        final List<Heading> headings = new ArrayList<>();
        headings.add(Heading.text("机构编号", "fixmedins_code"));
        headings.add(Heading.text("机构名称", "fixmedins_name"));
        putHeadings(headings, amounts, counts);
        final List<Table.Row> rows = new ArrayList<>();
        for (final InstitutionStatement institution : statement.institutions().values()) {
            final List<Cell> cells = new ArrayList<>();
            cells.add(Cell.link(institution.code(), StatementFiles.pageOf(institution.code())));
            cells.add(Cell.text(institution.name()));
            putCells(cells, institution.sum(), amounts, counts);
            rows.add(Table.Row.plain(cells));
        }
        final List<Cell> sum = new ArrayList<>(List.of(Cell.text("合计"), Cell.text("")));
        putCells(sum, statement.sum(), amounts, counts);
        rows.add(Table.Row.sum(sum));
        return new Table(title, note, headings, rows);
    }

    private static void putHeadings(final List<Heading> headings, final List<Amount> amounts, final Counts counts) {
        if (counts == Counts.SHOWN) {
            headings.add(Heading.number("结算笔数", "settlements"));
            headings.add(Heading.number("退费笔数", "refunds"));
        }
        amounts.forEach(amount -> headings.add(Heading.number(amount.shown(), amount.field())));
    }

    private static void putCells(
            final List<Cell> cells, final Totals totals, final List<Amount> amounts, final Counts counts) {
        if (counts == Counts.SHOWN) {
            cells.add(Cell.number(String.valueOf(totals.settlementCount())));
            cells.add(Cell.number(String.valueOf(totals.refundCount())));
        }
        amounts.forEach(amount -> cells.add(Cell.number(Yuan.grouped(totals.fen(amount)))));
    }
}
