package io.settlegate.gateway.past;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.CleanText;
import io.settlegate.gateway.inspection.TextTable;
import io.settlegate.gateway.inspection.TextTable.Align;
import io.settlegate.gateway.inspection.Yuan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The JSON of {@link AsItStood} as a person reads it, amounts in yuan. One thread. */
public final class PersonText {
    private final PrintWriter out;
    private final ObjectNode document;

    private PersonText(final PrintWriter out, final ObjectNode document) {
        this.out = out;
        this.document = document;
    }

    public static void print(final PrintWriter out, final ObjectNode document) {
        final PersonText text = new PersonText(out, document);
        text.head();
        text.accumulators();
        text.entitlements();
        text.settlements();
        text.visits();
    }

    private void head() {
        final JsonNode at = document.get("at");
        out.printf(
                "As it stood at %s, after record %d of %s%n",
                at.get("time").asText(),
                at.get("lastSequence").asLong(),
                at.get("lastTime").asText());
        if (at.get("mismatches").asLong() > 0) {
            out.printf(
                    "DIFFERS: this build computes %d records and seals before it otherwise than the journal says; see"
                            + " `settlegate replay`%n",
                    at.get("mismatches").asLong());
        }
        final JsonNode person = document.get("person");
        final List<String> parts = new ArrayList<>();
        for (final String name : List.of("psnNo", "psnName", "psnCertType", "certno", "cardNo")) {
            if (person.has(name)) {
                parts.add(name + " " + CleanText.of(person.get(name).asText()));
            }
        }
        row("person", String.join(", ", parts));
        row(
                "insurance",
                "insutype " + person.path("insutype").asText() + ", psnType "
                        + person.path("psnType").asText() + ", insuplcAdmdvs "
                        + person.path("insuplcAdmdvs").asText() + ", psnInsuStas "
                        + person.path("psnInsuStas").asText());
        row("frozen", person.get("frozenFlag").asInt() == 1 ? "YES: nothing may be settled" : "no");
        row("account (balc)", Yuan.of(document.at("/account/balcFen").asLong()) + " yuan");
    }

    private void row(final String name, final String value) {
        out.printf("  %-14s %s%n", name, value);
    }

    private void title(final String text) {
        out.println();
        out.println(text);
    }

    private void print(final TextTable table) {
        table.lines().forEach(line -> out.println("  " + line));
    }

    private void accumulators() {
        title("Used, in yuan, by year and insurance");
        final TextTable table = new TextTable(List.of(Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT));
        for (final JsonNode year : document.get("accumulators")) {
            for (final JsonNode used : year.get("used")) {
                table.add(
                        year.get("year").asText(),
                        year.get("insutype").asText(),
                        used.get("name").asText(),
                        Yuan.of(used.get("amountFen").asLong()));
            }
        }
        for (final JsonNode disease : document.get("diseases")) {
            table.add(
                    disease.get("year").asText(),
                    disease.get("insutype").asText(),
                    "disease.paid, " + CleanText.of(disease.get("diseCodg").asText()),
                    Yuan.of(disease.get("paidFen").asLong()));
        }
        if (document.get("accumulators").isEmpty() && document.get("diseases").isEmpty()) {
            out.println("  nothing");
        }
        print(table);
    }

    private void entitlements() {
        if (document.get("entitlements").isEmpty()) {
            return;
        }
        title("Entitlements");
        final TextTable table = new TextTable(List.of(Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT));
        table.add("kind", "code", "from", "to (first day after)", "");
        for (final JsonNode entitlement : document.get("entitlements")) {
            table.add(
                    entitlement.get("kind").asText(),
                    CleanText.of(entitlement.path("entitlementCode").asText()),
                    entitlement.get("begnDay").asText(),
                    entitlement.path("endDay").asText("-"),
                    entitlement.get("isInForce").asBoolean() ? "in force" : "");
        }
        print(table);
    }

    private void settlements() {
        title("Settlements that stood, in yuan");
        final TextTable table = new TextTable(List.of(
                Align.LEFT,
                Align.LEFT,
                Align.LEFT,
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.LEFT));
        table.add("setl_id", "time", "transaction", "institution", "bill", "funds", "account", "cash", "");
        for (final JsonNode settlement : document.get("settlements")) {
            final JsonNode shares = settlement.get("shares");
            table.add(
                    settlement.get("setlId").asText(),
                    settlement.get("time").asText(),
                    settlement.get("transaction").asText(),
                    settlement.get("fixmedinsCode").asText(),
                    Yuan.of(shares.path("medfeeSumamtFen").asLong()),
                    Yuan.of(shares.path("fundPaySumamtFen").asLong()),
                    Yuan.of(shares.path("acctPayFen").asLong()),
                    Yuan.of(shares.path("psnCashPayFen").asLong()),
                    change("undone later", settlement.path("undoneLater"))
                            + change("; stood again", settlement.path("stoodAgainLater")));
        }
        print(table);
        final long undoneBefore = document.get("settlementsUndoneBefore").asLong();
        if (undoneBefore > 0) {
            out.printf("  %d more had been cancelled or reversed by then%n", undoneBefore);
        }
    }

    private static String change(final String words, final JsonNode change) {
        return change.isMissingNode()
                ? ""
                : words + " by " + change.get("transaction").asText() + ", record "
                        + change.get("sequence").asLong() + ", "
                        + change.get("time").asText();
    }

    private void visits() {
        if (document.get("visits").isEmpty()) {
            return;
        }
        title("Visits and stays that were found then");
        final TextTable table = new TextTable(List.of(
                Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT));
        table.add("mdtrt_id", "kind", "institution", "begntime", "lines", "unsettled", "of yuan", "settlements");
        for (final JsonNode visit : document.get("visits")) {
            table.add(
                    visit.get("mdtrtId").asText(),
                    visit.get("kind").asText() + (visit.get("isDischarged").asBoolean() ? ", discharged" : ""),
                    visit.get("fixmedinsCode").asText(),
                    visit.get("begntime").asText(),
                    visit.get("lines").asText(),
                    visit.get("unsettledLines").asText(),
                    Yuan.of(visit.get("unsettledFen").asLong()),
                    visit.get("settlements").asText());
        }
        print(table);
    }
}
