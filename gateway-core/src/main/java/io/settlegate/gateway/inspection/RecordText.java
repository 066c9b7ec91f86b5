package io.settlegate.gateway.inspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON of {@link RecordDocument} as a person reads it: amounts in yuan, ratios and prices as decimals, moments in UTC+08:00,
 * each under the schema's name without its unit.
 *
 * <p>One thread at a time. What came from outside is printed without control characters, so that a request cannot steer an
 * operator's screen.
 */
public final class RecordText {
    private static final int NAME_WIDTH = 24;
    private static final Set<String> DURATIONS = Set.of("heartbeatIntervalMs", "idleTimeoutMs", "retryAfterMs");
    private static final Set<String> HEADLINE =
            Set.of("sequence", "time", "timeMs", "kind", "message", "transaction", "code", "codeName");

    private final PrintWriter out;

    public RecordText(final PrintWriter out) {
        this.out = out;
    }

    /** One line of `journal tail`. */
    public void line(final ObjectNode line) {
        final String what = line.has("transaction")
                ? line.get("transaction").asText()
                : line.get("kind").asText();
        final StringBuilder text = new StringBuilder(String.format(
                "%10d  %s  %-16s %-12s %-16s %-10s",
                line.get("sequence").asLong(),
                line.get("time").asText(),
                CleanText.of(what),
                CleanText.of(line.path("institution").asText("-")),
                CleanText.of(line.path("terminal").asText("-")),
                line.has("code")
                        ? line.get("code").asInt() + " " + line.get("codeName").asText()
                        : "-"));
        amount(line, "medfeeSumamtFen", "total", text);
        amount(line, "fundPaySumamtFen", "fund", text);
        amount(line, "acctPayFen", "account", text);
        amount(line, "psnCashPayFen", "cash", text);
        if (line.has("reason") && !line.get("reason").asText().equals("NONE")) {
            text.append("  ").append(CleanText.of(line.get("reason").asText()));
        }
        if (line.has("rowCount")) {
            text.append("  rows ").append(line.get("rowCount").asLong());
        }
        out.println(text);
    }

    private static void amount(final ObjectNode line, final String field, final String name, final StringBuilder text) {
        if (line.has(field)) {
            text.append("  ")
                    .append(name)
                    .append(' ')
                    .append(BigDecimal.valueOf(line.get(field).asLong(), 2));
        }
    }

    /** A whole record. */
    public void whole(final ObjectNode record) {
        final String message = record.has("message")
                ? record.get("transaction").asText() + " "
                        + record.get("message").asText()
                : record.get("kind").asText();
        out.printf(
                "record %d  %s  %s%n",
                record.get("sequence").asLong(), record.get("time").asText(), CleanText.of(message));
        if (record.has("code")) {
            value(
                    0,
                    "code",
                    record.get("code").asInt() + " " + record.get("codeName").asText());
        }
        for (final Map.Entry<String, JsonNode> field : record.properties()) {
            if (!HEADLINE.contains(field.getKey())) {
                field(0, field.getKey(), field.getValue());
            }
        }
    }

    private void field(final int depth, final String name, final JsonNode node) {
        if (node.isObject()) {
            out.println("  ".repeat(depth) + name);
            node.properties().forEach(inner -> field(depth + 1, inner.getKey(), inner.getValue()));
        } else if (node.isArray()) {
            value(depth, name, node.size() + (node.size() == 1 ? " entry" : " entries"));
            for (final JsonNode entry : node) {
                entry(depth + 1, entry);
            }
        } else {
            value(depth, bare(name), shown(name, node));
        }
    }

    /** An entry of a group on one line. */
    private void entry(final int depth, final JsonNode entry) {
        final List<String> parts = new ArrayList<>();
        entry.properties()
                .forEach(field -> parts.add(bare(field.getKey()) + " " + shown(field.getKey(), field.getValue())));
        out.println("  ".repeat(depth) + String.join(", ", parts));
    }

    private void value(final int depth, final String name, final String value) {
        out.println("  ".repeat(depth) + String.format("%-" + NAME_WIDTH + "s", name) + " " + value);
    }

    private static String shown(final String name, final JsonNode node) {
        if (!node.isIntegralNumber()) {
            final String text = CleanText.of(node.asText());
            return text.isEmpty() ? "-" : text;
        }
        final long number = node.asLong();
        if (name.endsWith("Fen")) {
            return BigDecimal.valueOf(number, 2) + " yuan";
        } else if (isMoment(name)) {
            return number == 0 ? "-" : ShownTime.of(number);
        } else if (name.endsWith("E4")) {
            return BigDecimal.valueOf(number, 4).toPlainString();
        } else if (name.endsWith("E6")) {
            return BigDecimal.valueOf(number, 6).toPlainString();
        }
        return String.valueOf(number);
    }

    private static boolean isMoment(final String name) {
        return name.endsWith("Ms") && !DURATIONS.contains(name);
    }

    /** The name without the unit that the value is no longer shown in. */
    private static String bare(final String name) {
        if (name.endsWith("Fen")) {
            return name.substring(0, name.length() - 3);
        }
        return name.endsWith("E4") || name.endsWith("E6") || isMoment(name)
                ? name.substring(0, name.length() - 2)
                : name;
    }
}
