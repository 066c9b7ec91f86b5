package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.DeductibleKind;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.benefits.policy.PlanDefinition;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.benefits.policy.Qualification;
import io.settlegate.gateway.benefits.policy.SchemeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A policy as a table for people: plan by plan, level by level. Stateless. */
public final class PolicyTable {
    private static final String ROW = "  %-26s %12s %12s %12s %12s";

    private PolicyTable() {}

    /** The lines of the table. */
    public static List<String> of(final PolicyDefinition policy) {
        final List<String> lines = new ArrayList<>();
        lines.add("region %s %s, version %d, from %s until before %s"
                .formatted(
                        policy.region(),
                        policy.name(),
                        policy.version(),
                        policy.effectiveFrom(),
                        policy.effectiveTo()));
        lines.add("%s; source: %s; trust: %s"
                .formatted(
                        lower(policy.provenance().kind()),
                        policy.provenance().source(),
                        policy.provenance().trust()));
        lines.add("fund_pay_sumamt %s, mutual aid %s, cancel under later ones: %s, staged lines expire after %d days"
                .formatted(
                        lower(policy.switches().fundSum()),
                        lower(policy.switches().mutualAid()),
                        lower(policy.switches().cancelRule()),
                        policy.switches().stagedLinesExpireDays()));
        final List<String> factors = new ArrayList<>();
        for (final OutOfArea kind : OutOfArea.values()) {
            if (kind != OutOfArea.LOCAL) {
                factors.add(
                        lower(kind) + " " + Decimals.ratio(policy.outOfAreaE4().get(kind)));
            }
        }
        lines.add("out of area, times the ratio: " + String.join(", ", factors));
        policy.plans().forEach(plan -> addPlan(lines, plan));
        policy.schemes().forEach(scheme -> addScheme(lines, scheme));
        return lines;
    }

    private static void addPlan(final List<String> lines, final PlanDefinition plan) {
        lines.add("");
        lines.add("plan %s: insutype %s, psn_type %s, med_type %s, pool %s"
                .formatted(
                        plan.name(),
                        plan.cover().insutype(),
                        String.join(" ", plan.cover().psnTypes()),
                        String.join(" ", plan.cover().medTypes()),
                        lower(plan.pool())));
        lines.add(ROW.formatted("", "level1", "level2", "level3", "ungraded"));
        if (plan.deductible().kind() != DeductibleKind.NONE) {
            final int stays = plan.deductible().amountsFen().values().stream()
                    .mapToInt(List::size)
                    .max()
                    .orElse(1);
            for (int i = 0; i < stays; i++) {
                final int stay = i;
                final String name = "deductible, " + lower(plan.deductible().kind());
                lines.add(row(stays > 1 ? name + " " + (i + 1) : name, level -> {
                    final List<Long> amounts = plan.deductible().amountsFen().get(level);
                    return Decimals.yuan(amounts.get(Math.min(stay, amounts.size() - 1)));
                }));
            }
        }
        for (final PlanDefinition.Segment segment : plan.segments().list()) {
            lines.add(row(
                    plan.segments().list().size() == 1 ? "ratio" : "ratio from " + Decimals.yuan(segment.fromFen()),
                    level -> Decimals.ratio(segment.ratiosE4().get(level))));
        }
        if (plan.segments().list().size() > 1) {
            lines.add("  segments go by the " + lower(plan.segments().span()));
        }
        plan.agePoints()
                .forEach(points -> lines.add("  from age %d on, added to the ratio: %s"
                        .formatted(points.fromAge(), Decimals.ratio(points.addE4()))));
        lines.add("  annual cap " + cap(plan.cap()) + "; account pays: " + lower(plan.account()));
        if (plan.deductible().essentialDrugs() == PlanDefinition.EssentialDrugs.EXEMPT) {
            lines.add("  essential drugs are free of the deductible");
        }
        if (plan.qualification() == Qualification.REQUIRED) {
            lines.add("  needs a qualification for the disease");
        }
        plan.diseases()
                .forEach(disease -> lines.add("  disease %s: annual cap %s, quota %s"
                        .formatted(disease.code(), cap(disease.cap()), Decimals.yuan(disease.quotaFen()))));
        if (!plan.schemes().isEmpty()) {
            lines.add("  schemes: " + String.join(", ", plan.schemes()));
        }
        if (plan.hospitalCeilingShareE4() > 0) {
            lines.add(
                    "  the hospital bears of what is above ceilings: " + Decimals.ratio(plan.hospitalCeilingShareE4()));
        }
    }

    private static void addScheme(final List<String> lines, final SchemeDefinition scheme) {
        lines.add("");
        lines.add("scheme %s: %s, looks at %s".formatted(scheme.name(), lower(scheme.fund()), lower(scheme.base())));
        for (final SchemeDefinition.Terms terms : scheme.terms()) {
            final boolean isEveryone = terms.categories().size() == AidCategory.values().length;
            lines.add("  for "
                    + (isEveryone
                            ? "everyone"
                            : String.join(
                                    ", ",
                                    terms.categories().stream()
                                            .map(PolicyTable::lower)
                                            .toList()))
                    + ", annual cap " + Decimals.yuan(terms.annualCapFen()));
            terms.tiers()
                    .forEach(tier -> lines.add("    from %s to %s: %s"
                            .formatted(
                                    Decimals.yuan(tier.fromFen()),
                                    Decimals.yuan(tier.toFen()),
                                    Decimals.ratio(tier.ratioE4()))));
        }
    }

    private static String cap(final PlanDefinition.Cap cap) {
        return cap.fen() == cap.withFamilyDoctorFen()
                ? Decimals.yuan(cap.fen())
                : Decimals.yuan(cap.fen()) + ", with a family doctor " + Decimals.yuan(cap.withFamilyDoctorFen());
    }

    private static String row(final String name, final java.util.function.Function<HospitalLevel, String> value) {
        final Object[] cells = new Object[1 + HospitalLevel.values().length];
        cells[0] = name;
        for (final HospitalLevel level : HospitalLevel.values()) {
            cells[1 + level.ordinal()] = value.apply(level);
        }
        return ROW.formatted(cells);
    }

    static String lower(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
