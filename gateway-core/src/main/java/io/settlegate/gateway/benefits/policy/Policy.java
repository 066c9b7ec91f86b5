package io.settlegate.gateway.benefits.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One version of a policy as the computation reads it. Immutable; any thread. */
public final class Policy {
    private final PolicyDefinition definition;
    private final PlanIndex index;
    private final Plan[] plans;
    private final int[] outOfAreaE4 = new int[OutOfArea.values().length];

    private Policy(final PolicyDefinition definition) {
        this.definition = definition;
        final Map<String, Scheme> schemes = new HashMap<>();
        definition.schemes().forEach(scheme -> schemes.put(scheme.name(), Scheme.of(scheme)));
        plans = definition.plans().stream().map(plan -> new Plan(plan, schemes)).toArray(Plan[]::new);
        index = indexOf(definition.plans());
        Arrays.fill(outOfAreaE4, Ratio.ONE_E4);
        definition.outOfAreaE4().forEach((kind, factorE4) -> outOfAreaE4[kind.ordinal()] = factorE4);
    }

    /**
     * Makes a definition ready for use.
     *
     * @throws PolicyException if the definition has faults.
     */
    public static Policy compile(final PolicyDefinition definition) {
        final List<PolicyFault> faults = PolicyCheck.faultsOf(definition);
        if (!faults.isEmpty()) {
            throw new PolicyException(faults.stream()
                    .map(fault -> "policy of " + definition.region() + ", version " + definition.version() + ", "
                            + fault.path() + ": " + fault.reason())
                    .toList());
        }
        return new Policy(definition);
    }

    static PlanIndex indexOf(final List<PlanDefinition> plans) {
        final PlanIndex index = new PlanIndex(plans.stream()
                .mapToInt(plan ->
                        plan.cover().psnTypes().size() * plan.cover().medTypes().size())
                .sum());
        for (int i = 0; i < plans.size(); i++) {
            final PlanDefinition.Cover cover = plans.get(i).cover();
            for (final String psnType : cover.psnTypes()) {
                for (final String medType : cover.medTypes()) {
                    index.put(number(cover.insutype()), number(psnType), number(medType), i);
                }
            }
        }
        return index;
    }

    static int number(final String digits) {
        return Integer.parseInt(digits);
    }

    public PolicyDefinition definition() {
        return definition;
    }

    public int version() {
        return definition.version();
    }

    public Switches switches() {
        return definition.switches();
    }

    /** The plan that covers a visit, or null. Codes are numbers: psn_type 1101, med_type 11 or 140104. */
    public Plan plan(final int insutype, final int psnType, final int medType) {
        final int found = index.find(insutype, psnType, medType);
        return found < 0 ? null : plans[found];
    }

    /** The factor on every ratio. */
    public int outOfAreaE4(final OutOfArea kind) {
        return outOfAreaE4[kind.ordinal()];
    }
}
