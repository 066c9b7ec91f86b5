package io.settlegate.gateway.benefits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Policy files from a seed: small deductibles, caps, and edges, so that short histories reach them. */
public final class RandomPolicies {
    static final String[] DISEASES = {"M01600", "M03900", "K35.900"};

    private static final String[] LEVELS = {"level1", "level2", "level3", "ungraded"};
    private static final String[] POOLS = {"outpatient", "chronic", "inpatient", "other"};
    private static final String[] ACCOUNTS = {"none", "in_policy", "catalogue", "everything"};
    private static final String[] FUNDS = {"hifob", "hifmi", "cvlserv", "hifes", "oth", "maf"};
    private static final String[] CATEGORIES = {
        "none", "extreme_poverty", "low_income", "low_margin", "monitored", "high_expense"
    };

    private final Random random;
    private final StringBuilder yaml = new StringBuilder();

    public RandomPolicies(final Random random) {
        this.random = random;
    }

    public String next(final int version, final String from, final String to) {
        yaml.setLength(0);
        line("region: \"990100\"");
        line("name: random");
        line("version: " + version);
        line("effective_from: " + from);
        line("effective_to: " + to);
        line("kind: synthetic");
        line("source: a seed");
        line("trust: none");
        line("switches:");
        line("  fund_sum: " + oneOf("without_account", "with_account"));
        line("  mutual_aid: " + oneOf("apart", "in_account"));
        line("  cancel_under_later: " + oneOf("refuse", "recompute"));
        line("  staged_lines_expire_days: " + (1 + random.nextInt(30)));
        line("out_of_area: {filed: " + factor() + ", transfer: " + factor() + ", emergency: " + factor() + ", unfiled: "
                + oneOf("0", factor()) + "}");
        line("insurances:");
        line("  - {insutype: \"310\", psn_types: [\"11\", \"1102\", \"12\"], med_types: [\"11\", \"14\", \"21\"]}");
        line("  - {insutype: \"390\", psn_types: [\"15\"], med_types: [\"11\", \"140201\", \"14\", \"21\", \"41\"]}");
        line("schemes:");
        for (final String fund : FUNDS) {
            scheme(fund);
        }
        line("plans:");
        plan("a", "310", "\"11\", \"12\"", "\"11\", \"14\"");
        plan("b", "310", "\"11\", \"12\"", "\"21\"");
        plan("c", "310", "\"1102\"", "\"11\"");
        plan("d", "390", "\"15\"", "\"11\", \"41\"");
        plan("e", "390", "\"15\"", "\"14\", \"21\"");
        plan("f", "390", "\"1501\"", "\"1402\"");
        return yaml.toString();
    }

    private void scheme(final String fund) {
        line("  - name: " + fund + " scheme");
        line("    fund: " + fund);
        line("    base: "
                + (fund.equals("hifob") ? oneOf("over_cap", "in_policy") : oneOf("in_policy", "with_preselfpay")));
        line("    terms:");
        if (random.nextBoolean()) {
            terms("everyone");
            return;
        }
        final int cut = 1 + random.nextInt(CATEGORIES.length - 2);
        terms("[" + String.join(", ", List.of(CATEGORIES).subList(0, cut)) + "]");
        terms("[" + String.join(", ", List.of(CATEGORIES).subList(cut, CATEGORIES.length - random.nextInt(2))) + "]");
    }

    private void terms(final String categories) {
        line("      - categories: " + categories);
        line("        annual_cap: " + oneOf("none", amount(2_000_00)));
        line("        tiers:");
        final List<String> edges = edges(oneOf("0", amount(500_00)), 2_000_00);
        for (int i = 0; i + 1 < edges.size(); i++) {
            line("          - {from: " + edges.get(i) + ", to: " + edges.get(i + 1) + ", ratio: " + ratio() + "}");
        }
    }

    private List<String> edges(final String first, final int span) {
        final List<String> edges = new ArrayList<>();
        BigDecimal edge = new BigDecimal(first);
        edges.add(edge.toPlainString());
        for (int i = random.nextInt(3); i > 0; i--) {
            edge = edge.add(BigDecimal.valueOf(1L + random.nextInt(span), 2));
            edges.add(edge.toPlainString());
        }
        edges.add("none");
        return edges;
    }

    private void plan(final String name, final String insutype, final String psnTypes, final String medTypes) {
        line("  - name: " + name);
        line("    insutype: \"" + insutype + "\"");
        line("    psn_types: [" + psnTypes + "]");
        line("    med_types: [" + medTypes + "]");
        line("    pool: " + oneOf(POOLS));
        line("    account: " + oneOf(ACCOUNTS));
        if (random.nextInt(6) == 0) {
            line("    qualification: required");
        }
        deductible();
        line("    segments_by: " + oneOf("year", "visit"));
        line("    segments:");
        final List<String> edges = edges("0", 1_000_00);
        for (int i = 0; i + 1 < edges.size(); i++) {
            line("      - {from: " + edges.get(i) + ", to: " + edges.get(i + 1) + levels(this::lowRatio) + "}");
        }
        if (random.nextBoolean()) {
            line("    age_points:");
            line("      - {from_age: 60, add: 0.05}");
            line("      - {from_age: 75, add: " + oneOf("0.1", "0.0001", "0") + "}");
        }
        caps("    ", random.nextInt(5) == 0 ? "none" : amount(3_000_00));
        diseases();
        line("    schemes: [" + schemes() + "]");
        if (random.nextBoolean()) {
            line("    hospital_bears_over_ceiling: " + ratio());
        }
    }

    private boolean hasCap;

    private void caps(final String indent, final String cap) {
        hasCap = !cap.equals("none");
        line(indent + "annual_cap: " + cap);
        if (random.nextBoolean()) {
            line(indent + "annual_cap_with_family_doctor: "
                    + (hasCap ? new BigDecimal(cap).add(new BigDecimal("50.5")).toPlainString() : "none"));
        }
    }

    private void diseases() {
        final boolean planHasCap = hasCap;
        if (random.nextBoolean()) {
            line("    diseases:");
            for (int i = 0; i <= random.nextInt(DISEASES.length); i++) {
                line("      - code: " + DISEASES[i]);
                line("        quota: " + oneOf("none", amount(800_00)));
                caps("        ", oneOf("none", amount(1_000_00)));
            }
        }
        hasCap = planHasCap;
    }

    private String schemes() {
        final List<String> chosen = new ArrayList<>();
        for (final String fund : FUNDS) {
            final boolean isOverCap = yaml.indexOf("    fund: hifob\n    base: over_cap") >= 0 && fund.equals("hifob");
            if (random.nextInt(3) > 0 && (hasCap || !isOverCap)) {
                chosen.add(fund + " scheme");
            }
        }
        return String.join(", ", chosen);
    }

    private void deductible() {
        final String kind = oneOf("none", "annual", "annual", "visit", "stay");
        line("    deductible:");
        line("      kind: " + kind);
        if (random.nextBoolean()) {
            line("      essential_drugs: " + oneOf("exempt", "like_others"));
        }
        if (!kind.equals("none")) {
            for (final String level : LEVELS) {
                final boolean isList = kind.equals("stay") && random.nextBoolean();
                line("      " + level + ": "
                        + (isList
                                ? "[" + amount(300_00) + ", " + amount(200_00) + ", " + amount(100_00) + "]"
                                : amount(400_00)));
            }
        }
    }

    private String levels(final java.util.function.Supplier<String> ratio) {
        final StringBuilder text = new StringBuilder();
        for (final String level : LEVELS) {
            text.append(", ").append(level).append(": ").append(ratio.get());
        }
        return text.toString();
    }

    private String amount(final int mostFen) {
        return switch (random.nextInt(6)) {
            case 0 -> "0";
            case 1 -> "0.01";
            case 2 -> Integer.toString(random.nextInt(mostFen / 100));
            default -> BigDecimal.valueOf(random.nextInt(mostFen), 2).toPlainString();
        };
    }

    private String factor() {
        return oneOf(
                "1",
                "0.9",
                "0.85",
                "0.7",
                BigDecimal.valueOf(random.nextInt(10_001), 4).toPlainString());
    }

    private String ratio() {
        return oneOf(
                "0",
                "1",
                "0.5",
                "0.3333",
                BigDecimal.valueOf(random.nextInt(10_001), 4).toPlainString());
    }

    /** Leaves room for the age points. */
    private String lowRatio() {
        return oneOf(
                "0", "0.9", "0.65", BigDecimal.valueOf(random.nextInt(9_001), 4).toPlainString());
    }

    private String oneOf(final String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void line(final String text) {
        yaml.append(text).append('\n');
    }
}
