package io.settlegate.gateway.pages;

import java.util.List;
import java.util.Set;

/**
 * What one printable page says. Everything is text as it is to be read; the template escapes it.
 *
 * @param title in Chinese.
 * @param subtitle the same in English.
 * @param stamp what stands in the corner: whether the figures are final.
 * @param stampLook good or bad.
 * @param facts of what the page is.
 * @param notes sentences before the tables.
 * @param checks laws and whether they hold, after the tables.
 * @param signatures who signs; empty where nobody does.
 * @param remarks sentences at the foot.
 */
public record Page(
        String title,
        String subtitle,
        String stamp,
        String stampLook,
        List<Fact> facts,
        List<String> notes,
        List<Table> tables,
        List<Check> checks,
        List<String> signatures,
        List<String> remarks) {
    /** Fields of facts that say whose figures these are, and of when. */
    private static final Set<String> IN_HEAD =
            Set.of("clr_optins", "fixmedins_code", "fixmedins_name", "day", "setlym", "from, to", "setl_id");

    /** @param name in Chinese, field in the national interface's name or English. */
    public record Fact(String name, String field, String value) {}

    /**
     * @param mark a sign for whether it holds.
     * @param look good, bad, or plain where it was not looked at.
     */
    public record Check(String mark, String look, String law, String found) {
        public static Check of(final boolean holds, final String law, final String found) {
            return holds ? new Check("✓", "good", law, found) : new Check("✗", "bad", law, found);
        }

        /** Not looked at. */
        public static Check open(final String law, final String found) {
            return new Check("–", "plain", law, found);
        }
    }

    public Page {
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
        checks = List.copyOf(checks);
        signatures = List.copyOf(signatures);
        remarks = List.copyOf(remarks);
    }

    /**
     * What stands at the head of every sheet: the title, whether final, and of the facts whose they are and of when. As a CSS string without
     * its quotes, each character as its number, so that nothing in it ends the string or the style.
     */
    public String running() {
        final StringBuilder text = new StringBuilder(title);
        facts.stream().filter(fact -> IN_HEAD.contains(fact.field())).forEach(fact -> text.append("  ")
                .append(fact.value()));
        text.append("  ").append(stamp);
        final StringBuilder css = new StringBuilder();
        text.codePoints().map(point -> point == 0 ? ' ' : point).forEach(point -> css.append('\\')
                .append(Integer.toHexString(point))
                .append(' '));
        return css.toString();
    }

    public boolean hasChecks() {
        return !checks.isEmpty();
    }

    public boolean hasSignatures() {
        return !signatures.isEmpty();
    }
}
