package io.settlegate.gateway.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.CleanText;
import io.settlegate.gateway.inspection.TextTable;
import io.settlegate.gateway.inspection.Yuan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON of {@link ExplanationDocument} as an operator reads it: at most 116 places wide, amounts in yuan, the fields under their
 * national names.
 *
 * <p>One thread. What came from outside is printed without control characters.
 */
public final class ExplanationText {
    private static final int WIDTH = 116;
    private static final String INDENT = "  ";
    private static final int LABEL_WIDTH = 14;
    private static final Map<String, String> RULES = Map.of(
            "4.1", "The hospital's part",
            "4.2", "Whether the basic fund takes part",
            "4.3", "Deductible",
            "4.4", "Segments",
            "4.5", "Caps",
            "4.6", "Over the cap",
            "4.7", "Schemes",
            "4.8", "Person, account, cash");
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("medfeeSumamtFen", "the bill"),
            Map.entry("fulamtOwnpayAmtFen", "of it: class 03, wholly the person's"),
            Map.entry("overlmtSelfpayFen", "of it: above price ceilings"),
            Map.entry("preselfpayAmtFen", "of it: first share of class 02"),
            Map.entry("inscpScpAmtFen", "of it: in policy"),
            Map.entry("actPayDedcFen", "of the part in policy: below the deductible"),
            Map.entry("hifpPayFen", "basic fund"),
            Map.entry("hifobPayFen", "large-amount fund"),
            Map.entry("hifmiPayFen", "serious-illness fund"),
            Map.entry("cvlservPayFen", "civil servants' fund"),
            Map.entry("hifesPayFen", "enterprise supplement"),
            Map.entry("othPayFen", "other funds"),
            Map.entry("mafPayFen", "medical aid"),
            Map.entry("fundPaySumamtFen", "all funds"),
            Map.entry("hospPartAmtFen", "borne by the hospital"),
            Map.entry("psnPartAmtFen", "left to the person"),
            Map.entry("acctPayFen", "of that: personal account"),
            Map.entry("acctMulaidPayFen", "of that: the family's account"),
            Map.entry("psnCashPayFen", "of that: cash"));
    private static final List<String> ONLY_IF_PAID = List.of(
            "hifobPayFen", "hifmiPayFen", "cvlservPayFen", "hifesPayFen", "othPayFen", "mafPayFen", "acctMulaidPayFen");

    private final PrintWriter out;
    private final JsonNode document;

    private ExplanationText(final PrintWriter out, final ObjectNode document) {
        this.out = out;
        this.document = document;
    }

    public static void print(final PrintWriter out, final ObjectNode document) {
        final ExplanationText text = new ExplanationText(out, document);
        text.heading();
        text.lines();
        text.steps();
        text.shares();
        text.accumulators();
        text.identities();
        text.verdict();
    }

    private void heading() {
        final boolean isDone = document.at("/result/code").asInt() == 0;
        final String kind = text("kind").charAt(0) + text("kind").substring(1).toLowerCase(Locale.ROOT);
        final String number = document.has("setlId") ? " " + text("setlId") : "";
        line(kind + number + (isDone ? "" : ", REFUSED") + "  (" + text("transaction") + " " + text("message")
                + ", record " + text("sequence") + ")");
        label("result", result(isDone));
        if (!isDone) {
            label("", text("/result/next"));
        }
        if (document.has("originalSetlId")) {
            label("takes back", text("originalSetlId") + ", msgid " + text("originalMsgid"));
        }
        label("time", text("time"));
        label("msgid", text("msgid"));
        label(
                "person",
                joined("psn_no", "/person/psnNo", "insutype", "/person/insutype", "psn_type", "/person/psnType")
                        + (document.at("/person").has("age") ? ", age " + text("/person/age") : ""));
        label("institution", joined("", "/institution/fixmedinsCode", "", "/institution/name", "", "/visit/level"));
        final String stay = document.at("/visit/stayNumber").asInt() > 1 ? ", stay " + text("/visit/stayNumber") : "";
        label(
                "visit",
                joined("med_type", "/visit/medType", "mdtrt_id", "/visit/mdtrtId", "", "/visit/outOfArea") + stay);
        if (document.has("policy")) {
            label(
                    "policy",
                    "region " + text("/policy/region") + ", version " + text("/policy/version") + ", "
                            + text("/policy/name") + " (" + text("/policy/kind") + "; trust: " + text("/policy/trust")
                            + ")");
        }
        if (document.at("/policy").has("plan")) {
            label("plan", text("/policy/plan"));
        }
    }

    private String result(final boolean isDone) {
        final String code = text("/result/code") + " " + text("/result/codeName") + ": " + text("/result/text");
        final String line = document.at("/result").has("line") ? ", line " + text("/result/line") : "";
        return isDone ? code : code + " (" + text("/result/textZh") + ")" + line;
    }

    private void lines() {
        final JsonNode lines = document.path("lines");
        if (lines.isEmpty()) {
            return;
        }
        title("Lines (BENEFITS.md 2)");
        LineText.print(out, lines, document.at("/result/lineIndex").asInt(-1), WIDTH);
    }

    private void steps() {
        String rule = "";
        for (final JsonNode step : document.path("steps")) {
            if (!step.path("rule").asText().equals(rule)) {
                rule = step.path("rule").asText();
                title(rule + " " + RULES.getOrDefault(rule, ""));
            }
            final String number = String.format("%4d. ", step.path("number").asInt());
            print(number, " ".repeat(number.length()), step.path("words").asText());
        }
    }

    private void shares() {
        if (!document.has("shares")) {
            return;
        }
        title(text("kind").equals("CANCEL") ? "What was given back, in yuan" : "Who pays what, in yuan");
        final TextTable table =
                new TextTable(List.of(TextTable.Align.LEFT, TextTable.Align.RIGHT, TextTable.Align.LEFT));
        for (final Map.Entry<String, JsonNode> share : document.path("shares").properties()) {
            final String name = share.getKey();
            final long value = share.getValue().asLong();
            if (name.equals("poolPropSelfpayE4")) {
                table.add("pool_prop_selfpay", Yuan.e4(value), "the fund's ratio [R8]");
            } else if (!name.equals("balcFen") && (value != 0 || !ONLY_IF_PAID.contains(name))) {
                final String national = NationalName.of(name.substring(0, name.length() - "Fen".length()));
                table.add(national, Yuan.of(value), MEANINGS.getOrDefault(name, ""));
            }
        }
        print(table);
    }

    private void accumulators() {
        if (!document.has("account")) {
            return;
        }
        title(
                text("kind").equals("PRESETTLEMENT")
                        ? "Accumulators and account: nothing was booked; a settlement would have changed them so"
                        : "Accumulators and account");
        final TextTable table = new TextTable(
                List.of(TextTable.Align.LEFT, TextTable.Align.RIGHT, TextTable.Align.RIGHT, TextTable.Align.RIGHT));
        table.add("", "before", "after", "change");
        for (final JsonNode change : document.path("accumulators")) {
            table.add(row(change.path("name").asText(), change));
        }
        table.add(row("account (balc)", document.path("account")));
        print(table);
    }

    private static String[] row(final String name, final JsonNode change) {
        final long beforeFen = change.path("beforeFen").asLong();
        final long afterFen = change.path("afterFen").asLong();
        final String sign = afterFen > beforeFen ? "+" : "";
        return new String[] {name, Yuan.of(beforeFen), Yuan.of(afterFen), sign + Yuan.of(afterFen - beforeFen)};
    }

    private void identities() {
        if (document.path("identities").isEmpty()) {
            return;
        }
        title("Identities (BENEFITS.md 5)");
        for (final JsonNode identity : document.path("identities")) {
            final String name =
                    identity.path("identity").asText() + (identity.path("holds").asBoolean() ? "" : "!");
            print(INDENT + name + "  ", " ".repeat(5), identity.path("fields").asText());
            print(" ".repeat(5), " ".repeat(5), identity.path("words").asText());
        }
    }

    private void verdict() {
        out.println();
        final long earlier = document.at("/recomputed/earlierMismatches").asLong();
        if (document.at("/recomputed/isEqual").asBoolean()) {
            line("Computed again from the journal: outcome and state hash are those of record " + text("sequence")
                    + ".");
        } else {
            line("DIFFERS: this build computes another outcome or state hash than record " + text("sequence")
                    + " holds. The steps are this build's, the amounts those of the record.");
            for (final JsonNode field : document.at("/recomputed/differing")) {
                print(
                        INDENT + field.path("field").asText() + " ",
                        INDENT.repeat(2),
                        "recorded " + field.path("recorded") + ", computed " + field.path("computed"));
            }
        }
        if (earlier > 0) {
            line("DIFFERS BEFORE: " + earlier
                    + " earlier records or seals are not what this build computes; `settlegate"
                    + " replay` names them.");
        }
    }

    /** Values that there are, each behind its name. */
    private String joined(final String... namesAndPlaces) {
        final List<String> parts = new ArrayList<>();
        for (int i = 0; i < namesAndPlaces.length; i += 2) {
            final String value = text(namesAndPlaces[i + 1]);
            if (!value.isEmpty()) {
                parts.add(namesAndPlaces[i].isEmpty() ? value : namesAndPlaces[i] + " " + value);
            }
        }
        return String.join(", ", parts);
    }

    private String text(final String place) {
        return document.at(place.startsWith("/") ? place : "/" + place).asText();
    }

    private void label(final String name, final String value) {
        final String label = String.format("%-" + LABEL_WIDTH + "s", INDENT + name);
        if (!value.isEmpty()) {
            print(label, " ".repeat(label.length()), value);
        }
    }

    private void title(final String title) {
        out.println();
        line(title);
    }

    private void line(final String text) {
        print("", INDENT, text);
    }

    private void print(final TextTable table) {
        table.lines().forEach(row -> out.println(CleanText.of(INDENT + row)));
    }

    private void print(final String first, final String indent, final String text) {
        TextTable.wrapped(first, indent, text, WIDTH).forEach(row -> out.println(CleanText.of(row)));
    }
}
