package io.settlegate.gateway.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.TextTable;
import io.settlegate.gateway.inspection.TextTable.Align;
import io.settlegate.gateway.inspection.Yuan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was found, for people and for programs. Stateless. */
public final class ReconcileText {
    private static final Align L = Align.LEFT;
    private static final Align R = Align.RIGHT;

    private ReconcileText() {}

    /** Lines for a screen. */
    public static List<String> lines(final Summary summary, final List<ShownFinding> first) {
        final List<String> lines = new ArrayList<>();
        final BookTotals total = summary.total();
        final TextTable books = new TextTable(List.of(L, R, R, R, R));
        books.add("book", "rows", "medfee_sumamt", "fund_pay_sumamt", "acct_pay");
        addSums(books, "gateway", total.gateway());
        addSums(books, "hospital", total.hospital());
        if (summary.books() > 2) {
            addSums(books, "bureau", total.bureau());
        }
        lines.addAll(books.lines());
        lines.add("");
        final TextTable counts = new TextTable(List.of(L, R));
        counts.add("equal", String.valueOf(summary.equal()));
        final Map<?, Long> found = summary.books() > 2 ? summary.standings() : summary.differences();
        found.forEach((sort, count) -> counts.add(String.valueOf(sort), String.valueOf(count)));
        lines.addAll(counts.lines());
        lines.add("");
        final TextTable totals = new TextTable(List.of(L, L, L, R, R, R, R));
        totals.add("insutype", "clr_type", "office", "gateway rows", "medfee_sumamt", "hospital rows", "medfee_sumamt");
        summary.totals()
                .forEach((key, each) -> totals.add(
                        key.insutype().isEmpty() ? "not at the gateway" : key.insutype(),
                        key.clrType(),
                        key.office(),
                        String.valueOf(each.gateway().rows()),
                        Yuan.of(each.gateway().medfeeFen()),
                        String.valueOf(each.hospital().rows()),
                        Yuan.of(each.hospital().medfeeFen())));
        lines.addAll(totals.lines());
        if (!first.isEmpty()) {
            lines.add("");
            final TextTable table = new TextTable(List.of(L, L, L, L, L, R, R, L));
            table.add("difference", "act", "setl_id", "msgid", "psn_no", "gateway", "hospital", "fields");
            for (final ShownFinding each : first) {
                table.add(
                        each.cell("standing").isEmpty() ? each.cell("difference") : each.cell("standing"),
                        each.cell("act"),
                        each.cell("setl_id"),
                        each.cell("msgid"),
                        each.cell("psn_no"),
                        each.cell("gateway_medfee_sumamt"),
                        each.cell("hospital_medfee_sumamt"),
                        each.cell("fields"));
            }
            lines.addAll(table.lines());
            if (summary.found() > first.size()) {
                lines.add("and " + (summary.found() - first.size()) + " more");
            }
        }
        return lines;
    }

    private static void addSums(final TextTable table, final String name, final Sums sums) {
        table.add(
                name,
                String.valueOf(sums.rows()),
                Yuan.of(sums.medfeeFen()),
                Yuan.of(sums.fundFen()),
                Yuan.of(sums.acctFen()));
    }

    /** One object; amounts are texts in yuan. */
    public static ObjectNode json(final Summary summary, final List<ShownFinding> first) {
        final ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("isEqual", summary.found() == 0)
                .put("equal", summary.equal())
                .put("found", summary.found())
                .put("shown", first.size());
        final ObjectNode differences = object.putObject("differences");
        summary.differences().forEach((sort, count) -> differences.put(sort.name(), count));
        if (summary.books() > 2) {
            final ObjectNode standings = object.putObject("standings");
            summary.standings().forEach((sort, count) -> standings.put(sort.name(), count));
        }
        putBooks(object.putObject("books"), summary, summary.total());
        summary.totals().forEach((key, each) -> {
            final ObjectNode row = object.withArray("totals").addObject();
            row.put("insutype", key.insutype()).put("clr_type", key.clrType()).put("office", key.office());
            putBooks(row, summary, each);
        });
        for (final ShownFinding each : first) {
            final ObjectNode row = object.withArray("first").addObject();
            for (final String column : ShownFinding.COLUMNS) {
                if (!each.cell(column).isEmpty()) {
                    row.put(column, each.cell(column));
                }
            }
        }
        return object;
    }

    private static void putBooks(final ObjectNode object, final Summary summary, final BookTotals totals) {
        putSums(object.putObject("gateway"), totals.gateway());
        putSums(object.putObject("hospital"), totals.hospital());
        if (summary.books() > 2) {
            putSums(object.putObject("bureau"), totals.bureau());
        }
    }

    private static void putSums(final ObjectNode object, final Sums sums) {
        object.put("rows", sums.rows())
                .put("medfee_sumamt", Yuan.of(sums.medfeeFen()))
                .put("fund_pay_sumamt", Yuan.of(sums.fundFen()))
                .put("acct_pay", Yuan.of(sums.acctFen()));
    }
}
