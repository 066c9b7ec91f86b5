package io.settlegate.gateway.benefits.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says what is wrong with a definition, each fault by its place. One use; boot or import, not the hot path. */
public final class PolicyCheck {
    private static final int MOST_PLANS = 200;
    private static final int MOST_TIERS = 20;

    private final PolicyDefinition policy;
    private final List<PolicyFault> faults = new ArrayList<>();

    private PolicyCheck(final PolicyDefinition policy) {
        this.policy = policy;
    }

    /** The faults in the order of the definition; empty if it can be used. */
    public static List<PolicyFault> faultsOf(final PolicyDefinition policy) {
        final PolicyCheck check = new PolicyCheck(policy);
        check.checkHead();
        check.checkInsurances();
        check.checkSchemes();
        final Set<String> names = new HashSet<>();
        for (int i = 0; i < policy.plans().size(); i++) {
            final String path = "plans[" + i + "]";
            check.faults.addAll(new PlanCheck(policy, policy.plans().get(i), path, names).faults());
        }
        if (check.faults.isEmpty()) {
            check.checkCover();
        }
        return List.copyOf(check.faults);
    }

    private void add(final String path, final String reason) {
        faults.add(new PolicyFault(path, reason));
    }

    private void checkHead() {
        if (!isDigits(policy.region(), 6, 6)) {
            add("region", "must be six digits");
        }
        if (policy.version() < 1) {
            add("version", "must be 1 or more");
        }
        if (!policy.effectiveFrom().isBefore(policy.effectiveTo())) {
            add("effective_to", "must be after effective_from");
        }
        policy.outOfAreaE4().forEach((kind, factorE4) -> {
            if (factorE4 < 0 || factorE4 > Ratio.ONE_E4) {
                add("out_of_area", "must be from 0 to 1");
            }
        });
        if (!policy.outOfAreaE4().keySet().equals(EnumSet.complementOf(EnumSet.of(OutOfArea.LOCAL)))) {
            add("out_of_area", "must name filed, transfer, emergency, unfiled");
        }
        if (policy.plans().isEmpty() || policy.plans().size() > MOST_PLANS) {
            add("plans", "must be 1 to " + MOST_PLANS);
        }
    }

    private void checkInsurances() {
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < policy.insurances().size(); i++) {
            final PolicyDefinition.Insurance insurance = policy.insurances().get(i);
            final String path = "insurances[" + i + "]";
            faults.addAll(codeFaults(path, insurance.insutype(), insurance.psnTypes(), insurance.medTypes()));
            if (!seen.add(insurance.insutype())) {
                add(path + ".insutype", "insurance " + insurance.insutype() + " is given twice");
            }
        }
        if (policy.insurances().isEmpty()) {
            add("insurances", "must name at least one");
        }
    }

    static List<PolicyFault> codeFaults(
            final String path, final String insutype, final List<String> psnTypes, final List<String> medTypes) {
        final List<PolicyFault> found = new ArrayList<>();
        if (!isDigits(insutype, 3, 3)) {
            found.add(new PolicyFault(path + ".insutype", "must be three digits"));
        }
        if (psnTypes.isEmpty() || !psnTypes.stream().allMatch(code -> isDigits(code, 2, 2) || isDigits(code, 4, 4))) {
            found.add(new PolicyFault(path + ".psn_types", "must be codes of two or four digits, at least one"));
        }
        if (medTypes.isEmpty() || !medTypes.stream().allMatch(code -> isDigits(code, 2, 6))) {
            found.add(new PolicyFault(path + ".med_types", "must be codes of two to six digits, at least one"));
        }
        if (new HashSet<>(psnTypes).size() != psnTypes.size()) {
            found.add(new PolicyFault(path + ".psn_types", "names a code twice"));
        }
        if (new HashSet<>(medTypes).size() != medTypes.size()) {
            found.add(new PolicyFault(path + ".med_types", "names a code twice"));
        }
        return found;
    }

    private void checkSchemes() {
        final Set<String> names = new HashSet<>();
        for (int i = 0; i < policy.schemes().size(); i++) {
            final SchemeDefinition scheme = policy.schemes().get(i);
            final String path = "schemes[" + i + "]";
            if (!names.add(scheme.name())) {
                add(path + ".name", "scheme " + scheme.name() + " is given twice");
            }
            if (scheme.base() == SchemeBase.OVER_CAP && scheme.fund() != Fund.HIFOB) {
                add(path + ".base", "over_cap is for the fund hifob only, which is asked first");
            }
            final Set<AidCategory> categories = new HashSet<>();
            for (int j = 0; j < scheme.terms().size(); j++) {
                checkTerms(path + ".terms[" + j + "]", scheme.terms().get(j), categories);
            }
            if (scheme.terms().isEmpty()) {
                add(path + ".terms", "must have at least one entry");
            }
        }
    }

    private void checkTerms(final String path, final SchemeDefinition.Terms terms, final Set<AidCategory> categories) {
        for (final AidCategory category : terms.categories()) {
            if (!categories.add(category)) {
                add(path + ".categories", "a category is given twice in one scheme");
            }
        }
        if (terms.categories().isEmpty()) {
            add(path + ".categories", "must name at least one");
        }
        final List<SchemeDefinition.Tier> tiers = terms.tiers();
        final long[] from =
                tiers.stream().mapToLong(SchemeDefinition.Tier::fromFen).toArray();
        final long[] to = tiers.stream().mapToLong(SchemeDefinition.Tier::toFen).toArray();
        faults.addAll(rangeFaults(path + ".tiers", from, to));
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).ratioE4() < 0 || tiers.get(i).ratioE4() > Ratio.ONE_E4) {
                add(path + ".tiers[" + i + "].ratio", "must be from 0 to 1");
            }
        }
    }

    static List<PolicyFault> rangeFaults(final String path, final long[] from, final long[] to) {
        final List<PolicyFault> found = new ArrayList<>();
        if (from.length == 0 || from.length > MOST_TIERS) {
            found.add(new PolicyFault(path, "must be 1 to " + MOST_TIERS + " entries"));
            return found;
        }
        for (int i = 0; i < from.length; i++) {
            final String at = path + "[" + i + "].";
            if (from[i] < 0 || from[i] >= to[i]) {
                found.add(new PolicyFault(at + "to", "must be above from"));
            }
            if (i > 0 && from[i] != to[i - 1]) {
                found.add(new PolicyFault(
                        at + "from",
                        from[i] > to[i - 1] ? "leaves a gap after the entry before" : "overlaps the entry before"));
            }
        }
        if (to[to.length - 1] != Money.UNLIMITED_FEN) {
            found.add(new PolicyFault(
                    path + "[" + (to.length - 1) + "].to", "must be none: the last entry leaves a gap above"));
        }
        return found;
    }

    /** Every insured person has one plan for every kind of visit. */
    private void checkCover() {
        final PlanIndex index = new PlanIndex(policy.plans().stream()
                .mapToInt(plan ->
                        plan.cover().psnTypes().size() * plan.cover().medTypes().size())
                .sum());
        for (int i = 0; i < policy.plans().size(); i++) {
            final PlanDefinition.Cover cover = policy.plans().get(i).cover();
            final String path = "plans[" + i + "]";
            if (policy.insurances().stream()
                    .noneMatch(insurance -> insurance.insutype().equals(cover.insutype()))) {
                add(path + ".insutype", "insurance " + cover.insutype() + " is not among the insurances");
            }
            for (final String psnType : cover.psnTypes()) {
                for (final String medType : cover.medTypes()) {
                    final int before = index.put(
                            Policy.number(cover.insutype()), Policy.number(psnType), Policy.number(medType), i);
                    if (before >= 0) {
                        add(
                                path + ".psn_types",
                                "psn_type " + psnType + " with med_type " + medType + " has the plan "
                                        + policy.plans().get(before).name() + " already");
                    }
                }
            }
        }
        for (int i = 0; i < policy.insurances().size(); i++) {
            final PolicyDefinition.Insurance insurance = policy.insurances().get(i);
            for (final String psnType : insurance.psnTypes()) {
                for (final String medType : insurance.medTypes()) {
                    if (index.find(Policy.number(insurance.insutype()), Policy.number(psnType), Policy.number(medType))
                            < 0) {
                        add(
                                "insurances[" + i + "].psn_types",
                                "psn_type " + psnType + " has no plan for med_type " + medType);
                    }
                }
            }
        }
    }

    static boolean isDigits(final String text, final int least, final int most) {
        return text.length() >= least
                && text.length() <= most
                && text.charAt(0) != '0'
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
