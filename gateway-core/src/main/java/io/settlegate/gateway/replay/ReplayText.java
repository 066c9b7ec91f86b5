package io.settlegate.gateway.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.CleanText;
import io.settlegate.gateway.inspection.TextTable;
import io.settlegate.gateway.inspection.TextTable.Align;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The JSON of {@link ReplayDocument} as a person reads it, amounts in yuan. One thread. */
public final class ReplayText {
    private static final int MAX_VALUE_WIDTH = 40;

    private final PrintWriter out;
    private final ObjectNode document;

    private ReplayText(final PrintWriter out, final ObjectNode document) {
        this.out = out;
        this.document = document;
    }

    public static void print(final PrintWriter out, final ObjectNode document) {
        final ReplayText text = new ReplayText(out, document);
        text.head();
        text.transactions();
        text.funds();
        text.institutions();
        text.checks();
        text.signatures();
        text.mismatches();
    }

    private void head() {
        row("gateway", document.get("gatewayId").asText());
        row(
                "records",
                String.format(
                        Locale.ROOT,
                        "%,d under %,d seals, %,d records/s",
                        number("records"),
                        number("seals"),
                        number("recordsPerSecond")));
        row("from", start());
        row("up to", stop());
        row(
                "settlements",
                String.format(
                        Locale.ROOT,
                        "%,d, of which %,d reversed and %,d cancelled%s; %,d repeats; %,d refusals",
                        number("settlements"),
                        number("reversals"),
                        number("cancels"),
                        reversedCancels(),
                        number("repeats"),
                        number("refusals")));
        row(
                "paid, net",
                "fund " + yuan(number("fundPaySumamtFen")) + ", account " + yuan(number("acctPayFen")) + ", cash "
                        + yuan(number("psnCashPayFen")) + " yuan");
        row(
                "state hash",
                document.get("stateHash").asText() + " ("
                        + (document.get("stateHashRecomputed").asBoolean() ? "equal" : "DIFFERS") + " from nothing)");
        row("ledger sum", yuan(number("ledgerSumFen")) + " yuan");
    }

    /** Nothing where there are none, which is usual. */
    private String reversedCancels() {
        final long count = number("reversedCancels");
        return count == 0 ? "" : String.format(Locale.ROOT, ", %,d of the cancels taken back", count);
    }

    private String start() {
        final JsonNode start = document.get("start");
        for (final JsonNode refused : start.get("refusedSnapshots")) {
            row(
                    "not used",
                    "snapshot " + refused.get("snapshot").asText() + ": "
                            + refused.get("reason").asText());
        }
        return start.get("isSnapshot").asBoolean()
                ? "snapshot " + start.get("snapshot").asText() + ", which holds the records to "
                        + start.get("snapshotSequence").asLong() + "; what was before it is not audited"
                : "the founding";
    }

    private String stop() {
        final JsonNode stop = document.get("stop");
        final String at = String.format(
                Locale.ROOT,
                "record %,d of %s",
                stop.get("lastSequence").asLong(),
                stop.get("lastTime").asText());
        final String why =
                switch (stop.get("why").asText()) {
                    case "POINT" -> ", the last of --to " + stop.get("to").asText();
                    case "FINDING" -> ", because something differs";
                    default ->
                        stop.get("to").asText().equals("the end")
                                ? ", the last that is sealed"
                                : ", the last that is sealed; --to "
                                        + stop.get("to").asText() + " was not reached";
                };
        return stop.get("isUnderLastSeal").asBoolean()
                ? at + why
                : at + why + "; inside a batch, whose seal was not reached";
    }

    private void row(final String name, final String value) {
        out.printf("%-16s %s%n", name, value);
    }

    private long number(final String name) {
        return document.get(name).asLong();
    }

    private void transactions() {
        out.println();
        out.println("By transaction, in yuan, net of cancels and reversals");
        final TextTable table = tallies(2);
        head(table, "", "");
        for (final JsonNode row : document.get("byTransaction")) {
            final String transaction = row.get("transaction").asText();
            final String message = row.get("message").asText();
            tally(table, row, transaction, transaction.equals(message) ? "" : message);
        }
        table.lines().forEach(line -> out.println("  " + line));
    }

    private void funds() {
        out.println();
        out.println("By fund, in yuan, net");
        final TextTable table =
                new TextTable(List.of(Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT));
        table.add("insutype", "fund_pay_type", "field", "", "settlements", "amount");
        for (final JsonNode row : document.get("byFund")) {
            table.add(
                    row.get("insutype").asText(),
                    row.get("fundPayType").asText(),
                    row.get("field").asText(),
                    row.get("words").asText(),
                    count(row.get("settlements").asLong()),
                    yuan(row.get("amountFen").asLong()));
        }
        if (number("fundPayBeyondFundsFen") != 0) {
            table.add("", "", "acctPay", "counted in by the region", "", yuan(number("fundPayBeyondFundsFen")));
        }
        table.lines().forEach(line -> out.println("  " + line));
    }

    private void institutions() {
        out.println();
        out.printf(
                Locale.ROOT,
                "By institution, in yuan, net; %,d of %,d with the most records%n",
                document.get("byInstitution").size(),
                number("institutions"));
        final TextTable table = tallies(2);
        head(table, "", "");
        for (final JsonNode row : document.get("byInstitution")) {
            tally(
                    table,
                    row,
                    row.get("fixmedinsCode").asText(),
                    CleanText.of(row.get("name").asText()));
        }
        if (document.has("otherInstitutions")) {
            final JsonNode others = document.get("otherInstitutions");
            tally(table, others, "the others", count(others.get("institutions").asLong()));
        }
        tally(table, document.get("withoutInstitution"), "none", "acts, unregistered");
        table.lines().forEach(line -> out.println("  " + line));
    }

    private static TextTable tallies(final int nameCount) {
        final List<Align> columns = new ArrayList<>(Collections.nCopies(nameCount, Align.LEFT));
        columns.addAll(Collections.nCopies(9, Align.RIGHT));
        return new TextTable(columns);
    }

    private static void head(final TextTable table, final String... names) {
        table.add(concat(
                names, "records", "refused", "repeats", "bills", "funds", "hospital", "account", "family", "cash"));
    }

    private static void tally(final TextTable table, final JsonNode row, final String... names) {
        table.add(concat(
                names,
                count(row.get("records").asLong()),
                count(row.get("refusals").asLong()),
                count(row.get("repeats").asLong()),
                yuan(row.get("medfeeSumamtFen").asLong()),
                yuan(row.get("fundPaySumamtFen").asLong()),
                yuan(row.get("hospPartAmtFen").asLong()),
                yuan(row.get("acctPayFen").asLong()),
                yuan(row.get("acctMulaidPayFen").asLong()),
                yuan(row.get("psnCashPayFen").asLong())));
    }

    private static String[] concat(final String[] names, final String... values) {
        final List<String> cells = new ArrayList<>(Arrays.asList(names));
        cells.addAll(Arrays.asList(values));
        return cells.toArray(new String[0]);
    }

    private void checks() {
        out.println();
        final JsonNode checks = document.get("checks");
        int good = 0;
        for (final JsonNode check : checks) {
            if (check.get("holds").asBoolean()) {
                good++;
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    "DOES NOT AGREE   %s: %,d and %,d%s%n",
                    check.get("words").asText(),
                    check.get("left").asLong(),
                    check.get("right").asLong(),
                    check.get("differing").asInt() == 0
                            ? ""
                            : " (" + check.get("differing").asInt() + " accounts differ)");
        }
        row(
                "sums",
                good == checks.size()
                        ? "agree: by transaction, by fund, by institution, and with the ledger (" + good + " checks)"
                        : "DIFFER: " + (checks.size() - good) + " of " + checks.size() + " checks, in fen or records");
    }

    private void signatures() {
        if (!document.has("signatures")) {
            return;
        }
        final JsonNode signatures = document.get("signatures");
        row(
                "signatures",
                String.format(
                        Locale.ROOT,
                        "%,d checked, %,d findings; %,d acts of the gateway itself are not signed",
                        signatures.get("checked").asLong(),
                        signatures.get("findings").asLong(),
                        signatures.get("unsignedGatewayActs").asLong()));
        for (final JsonNode finding : signatures.get("firstFindings")) {
            row(
                    "",
                    "record " + finding.get("sequence").asLong() + ": "
                            + finding.get("words").asText());
        }
    }

    private void mismatches() {
        row("mismatches", mismatchCounts());
        for (final JsonNode mismatch : document.get("firstMismatches")) {
            mismatch(mismatch);
        }
    }

    private String mismatchCounts() {
        final List<String> parts = new ArrayList<>();
        document.get("mismatchesOf").properties().forEach(entry -> {
            if (entry.getValue().asLong() > 0) {
                parts.add(entry.getKey() + " " + count(entry.getValue().asLong()));
            }
        });
        return parts.isEmpty() ? "0" : count(number("mismatches")) + ": " + String.join(", ", parts);
    }

    private void mismatch(final JsonNode mismatch) {
        out.println();
        final StringBuilder line =
                new StringBuilder("record ").append(mismatch.get("sequence").asLong());
        line.append("  ").append(mismatch.get("time").asText());
        for (final String name : List.of("transaction", "msgid", "actId", "sealNumber")) {
            if (mismatch.has(name)) {
                line.append("  ")
                        .append(name.equals("transaction") ? "" : name + " ")
                        .append(CleanText.of(mismatch.get(name).asText()));
            }
        }
        final List<String> what = new ArrayList<>();
        mismatch.get("what").forEach(node -> what.add(node.asText()));
        out.println(line.append("  differs: ").append(String.join(", ", what)));
        final TextTable table = new TextTable(List.of(Align.LEFT, Align.RIGHT, Align.RIGHT));
        table.add("field", "recorded", "computed");
        if (mismatch.has("recordedMessage")
                && !mismatch.get("recordedMessage").equals(mismatch.get("computedMessage"))) {
            table.add(
                    "(message)",
                    mismatch.get("recordedMessage").asText(),
                    mismatch.get("computedMessage").asText());
        }
        for (final JsonNode field : mismatch.path("differing")) {
            table.add(
                    CleanText.of(field.get("field").asText()),
                    value(field.get("recorded")),
                    value(field.get("computed")));
        }
        if (mismatch.has("recordedLength") && mismatch.get("differing").isEmpty()) {
            table.add(
                    "(bytes from " + mismatch.get("firstDifferingByte").asInt() + ")",
                    mismatch.get("recordedLength").asText(),
                    mismatch.get("computedLength").asText());
        }
        if (mismatch.has("recordedStateHash")) {
            table.add(
                    "state hash",
                    mismatch.get("recordedStateHash").asText(),
                    mismatch.get("computedStateHash").asText());
        }
        table.lines().forEach(text -> out.println("  " + text));
    }

    private static String value(final JsonNode node) {
        final String text =
                node.isNull() ? "-" : CleanText.of(node.isContainerNode() ? node.toString() : node.asText());
        return text.length() <= MAX_VALUE_WIDTH ? text : text.substring(0, MAX_VALUE_WIDTH) + "...";
    }

    private static String count(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String yuan(final long fen) {
        return String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(fen, 2));
    }
}
