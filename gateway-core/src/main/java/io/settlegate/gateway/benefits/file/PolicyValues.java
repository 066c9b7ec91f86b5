package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.benefits.policy.PlanDefinition;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.benefits.policy.SchemeDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policy as flat values, each under a name that does not depend on its position in the file: what a comparison compares. */
public final class PolicyValues {
    private final Map<String, String> values = new LinkedHashMap<>();

    private PolicyValues() {}

    /** Name to value, in the order of the file. */
    public static Map<String, String> of(final PolicyDefinition policy) {
        final PolicyValues values = new PolicyValues();
        values.putHead(policy);
        policy.plans().forEach(values::putPlan);
        policy.schemes().forEach(values::putScheme);
        return values.values;
    }

    private void put(final String name, final Object value) {
        values.put(name, String.valueOf(value));
    }

    private void putHead(final PolicyDefinition policy) {
        put("region", policy.region());
        put("name", policy.name());
        put("version", policy.version());
        put("effective_from", policy.effectiveFrom());
        put("effective_to", policy.effectiveTo());
        put("kind", PolicyTable.lower(policy.provenance().kind()));
        put("source", policy.provenance().source());
        put("trust", policy.provenance().trust());
        put("fund_sum", PolicyTable.lower(policy.switches().fundSum()));
        put("mutual_aid", PolicyTable.lower(policy.switches().mutualAid()));
        put("cancel_under_later", PolicyTable.lower(policy.switches().cancelRule()));
        put("staged_lines_expire_days", policy.switches().stagedLinesExpireDays());
        for (final OutOfArea kind : OutOfArea.values()) {
            if (kind != OutOfArea.LOCAL) {
                put(
                        "out_of_area " + PolicyTable.lower(kind),
                        Decimals.ratio(policy.outOfAreaE4().get(kind)));
            }
        }
        for (final PolicyDefinition.Insurance insurance : policy.insurances()) {
            put("insurance " + insurance.insutype() + " psn_types", words(insurance.psnTypes()));
            put("insurance " + insurance.insutype() + " med_types", words(insurance.medTypes()));
        }
    }

    private void putPlan(final PlanDefinition plan) {
        final String name = "plan " + plan.name() + ": ";
        put(
                name + "cover",
                plan.cover().insutype() + " / " + words(plan.cover().psnTypes()) + " / "
                        + words(plan.cover().medTypes()));
        put(name + "pool", PolicyTable.lower(plan.pool()));
        put(name + "account", PolicyTable.lower(plan.account()));
        put(name + "qualification", PolicyTable.lower(plan.qualification()));
        put(name + "deductible", PolicyTable.lower(plan.deductible().kind()));
        put(name + "essential drugs", PolicyTable.lower(plan.deductible().essentialDrugs()));
        for (final HospitalLevel level : HospitalLevel.values()) {
            put(
                    name + "deductible " + PolicyTable.lower(level),
                    words(plan.deductible().amountsFen().get(level).stream()
                            .map(Decimals::yuan)
                            .toList()));
        }
        put(name + "segments by", PolicyTable.lower(plan.segments().span()));
        for (final PlanDefinition.Segment segment : plan.segments().list()) {
            final String range = name + "segment " + range(segment.fromFen(), segment.toFen());
            for (final HospitalLevel level : HospitalLevel.values()) {
                put(
                        range + " " + PolicyTable.lower(level),
                        Decimals.ratio(segment.ratiosE4().get(level)));
            }
        }
        plan.agePoints().forEach(points -> put(name + "from age " + points.fromAge(), Decimals.ratio(points.addE4())));
        putCap(name, plan.cap());
        for (final PlanDefinition.Disease disease : plan.diseases()) {
            putCap(name + "disease " + disease.code() + " ", disease.cap());
            put(name + "disease " + disease.code() + " quota", Decimals.yuan(disease.quotaFen()));
        }
        put(name + "schemes", words(plan.schemes()));
        put(name + "hospital bears over ceiling", Decimals.ratio(plan.hospitalCeilingShareE4()));
    }

    private void putCap(final String name, final PlanDefinition.Cap cap) {
        put(name + "annual cap", Decimals.yuan(cap.fen()));
        put(name + "annual cap with family doctor", Decimals.yuan(cap.withFamilyDoctorFen()));
    }

    private void putScheme(final SchemeDefinition scheme) {
        final String name = "scheme " + scheme.name() + ": ";
        put(name + "fund", PolicyTable.lower(scheme.fund()));
        put(name + "base", PolicyTable.lower(scheme.base()));
        for (final SchemeDefinition.Terms terms : scheme.terms()) {
            terms.categories().forEach(category -> {
                final String of = name + PolicyTable.lower(category) + " ";
                put(of + "annual cap", Decimals.yuan(terms.annualCapFen()));
                terms.tiers()
                        .forEach(tier -> put(
                                of + "tier " + range(tier.fromFen(), tier.toFen()), Decimals.ratio(tier.ratioE4())));
            });
        }
    }

    private static String range(final long fromFen, final long toFen) {
        return Decimals.yuan(fromFen) + " to " + Decimals.yuan(toFen);
    }

    private static String words(final List<String> list) {
        return String.join(" ", list);
    }
}
