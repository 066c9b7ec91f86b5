package io.settlegate.gateway.benefits.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The versions of one region's policy, which follow one another without gap and without overlap. Immutable; any thread.
 *
 * <p>A change in mid-year is two versions; the accumulators of the year go on.
 */
public final class PolicyBook {
    private final Policy[] policies;
    private final long[] fromDay;
    private final long[] toDay;

    /** @throws PolicyException if the versions do not make a book. */
    public PolicyBook(final List<Policy> versions) {
        final List<Policy> sorted = new ArrayList<>(versions);
        sorted.sort(Comparator.comparing(policy -> policy.definition().effectiveFrom()));
        final List<String> faults = new ArrayList<>();
        if (sorted.isEmpty()) {
            faults.add("a book needs at least one version");
        }
        for (int i = 1; i < sorted.size(); i++) {
            final String fault =
                    faultBetween(sorted.get(i - 1).definition(), sorted.get(i).definition());
            if (fault != null) {
                faults.add(fault);
            }
        }
        if (!faults.isEmpty()) {
            throw new PolicyException(faults);
        }
        policies = sorted.toArray(Policy[]::new);
        fromDay = sorted.stream()
                .mapToLong(policy -> policy.definition().effectiveFrom().toEpochDay())
                .toArray();
        toDay = sorted.stream()
                .mapToLong(policy -> policy.definition().effectiveTo().toEpochDay())
                .toArray();
    }

    /** What is wrong with one version after another; null if nothing. */
    public static String faultBetween(final PolicyDefinition earlier, final PolicyDefinition later) {
        final String both = "version " + later.version() + " from " + later.effectiveFrom();
        if (!earlier.region().equals(later.region())) {
            return both + " is of region " + later.region() + ", version " + earlier.version() + " of "
                    + earlier.region();
        }
        if (earlier.effectiveTo().isBefore(later.effectiveFrom())) {
            return both + " leaves a gap after version " + earlier.version() + ", which ends before "
                    + earlier.effectiveTo();
        }
        if (earlier.effectiveTo().isAfter(later.effectiveFrom())) {
            return both + " overlaps version " + earlier.version() + ", which ends before " + earlier.effectiveTo();
        }
        return later.version() > earlier.version()
                ? null
                : both + " must have a higher number than version " + earlier.version() + " before it";
    }

    /** Its versions, the oldest first. */
    public List<Policy> versions() {
        return List.of(policies);
    }

    /** The policy in force on a day, counted from 1970-01-01, UTC+08:00; null if there is none. */
    public Policy on(final long epochDay) {
        for (int i = policies.length - 1; i >= 0; i--) {
            if (epochDay >= fromDay[i]) {
                return epochDay < toDay[i] ? policies[i] : null;
            }
        }
        return null;
    }

    /** The policy of a version, for what was settled under it; null if there is none. */
    public Policy version(final int version) {
        for (final Policy policy : policies) {
            if (policy.version() == version) {
                return policy;
            }
        }
        return null;
    }
}
