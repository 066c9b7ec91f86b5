package io.settlegate.gateway.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import io.settlegate.gateway.inspection.CleanText;
import io.settlegate.gateway.inspection.TextTable;
import io.settlegate.gateway.inspection.TextTable.Align;
import io.settlegate.gateway.inspection.Yuan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The lines of a bill as a table, and beneath it how each line's amounts came about. No state. */
final class LineText {
    private static final String INDENT = "  ";
    private static final List<String> PARTS =
            List.of("fulamtOwnpayAmtFen", "overlmtAmtFen", "preselfpayAmtFen", "inscpScpAmtFen");

    private LineText() {}

    /** @param fault the index of the line at fault; -1 if none is. */
    static void print(final PrintWriter out, final JsonNode lines, final int fault, final int width) {
        final TextTable table = new TextTable(List.of(
                Align.RIGHT,
                Align.LEFT,
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT));
        table.add(
                "",
                "med_list_codg",
                "class",
                "amount",
                "ceiling",
                "share",
                "fulamt_ownpay",
                "overlmt",
                "preselfpay",
                "inscp");
        for (final JsonNode line : lines) {
            table.add(row(line));
        }
        final long[] sums = new long[PARTS.size() + 1];
        for (final JsonNode line : lines) {
            sums[0] += line.path("detItemFeeSumamtFen").asLong();
            for (int i = 0; i < PARTS.size(); i++) {
                sums[i + 1] += line.path(PARTS.get(i)).asLong();
            }
        }
        final boolean isSplit = lines.path(0).has(PARTS.get(0));
        table.add(
                "",
                "sum",
                "",
                Yuan.of(sums[0]),
                "",
                "",
                isSplit ? Yuan.of(sums[1]) : "",
                isSplit ? Yuan.of(sums[2]) : "",
                isSplit ? Yuan.of(sums[3]) : "",
                isSplit ? Yuan.of(sums[4]) : "");
        table.lines().forEach(row -> out.println(CleanText.of(INDENT + row)));
        out.println();
        for (int i = 0; i < lines.size(); i++) {
            final String number = String.format("%4d. ", i + 1);
            final String mark = i == fault ? "AT FAULT: " : "";
            TextTable.wrapped(number, " ".repeat(number.length()), mark + words(lines.get(i)), width)
                    .forEach(row -> out.println(CleanText.of(row)));
        }
    }

    private static String[] row(final JsonNode line) {
        final List<String> cells = new ArrayList<>(List.of(
                line.path("line").asText(),
                line.path("medListCodg").asText(),
                line.path("chrgitmLv").asText(),
                Yuan.of(line.path("detItemFeeSumamtFen").asLong()),
                line.path("pricUplmtAmtE6").asLong() == 0
                        ? ""
                        : Yuan.price(line.path("pricUplmtAmtE6").asLong()),
                line.path("chrgitmLv").asText().equals("02")
                        ? Yuan.e4(line.path("selfpayPropE4").asLong())
                        : ""));
        for (final String part : PARTS) {
            cells.add(line.has(part) ? Yuan.of(line.get(part).asLong()) : "");
        }
        return cells.toArray(new String[0]);
    }

    private static String words(final JsonNode line) {
        final List<String> words = new ArrayList<>();
        line.path("words").forEach(word -> words.add(word.asText()));
        if (words.isEmpty()) {
            words.add("pric " + Yuan.price(line.path("pricE6").asLong()) + " x cnt "
                    + Yuan.e4(line.path("cntE4").asLong()));
        }
        final String name = line.path("itemName").asText();
        return (name.isEmpty() ? "not in the catalogue" : name) + ": " + String.join("; ", words) + ".";
    }
}
