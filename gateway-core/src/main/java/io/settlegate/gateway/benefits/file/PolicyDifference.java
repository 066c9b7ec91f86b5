package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One value that two policies do not share.
 *
 * @param before empty where it is new.
 * @param after empty where it is gone.
 */
public record PolicyDifference(String name, String before, String after) {
    /** What changes from one policy to another, in their order. */
    public static List<PolicyDifference> between(final PolicyDefinition earlier, final PolicyDefinition later) {
        final Map<String, String> before = PolicyValues.of(earlier);
        final Map<String, String> after = PolicyValues.of(later);
        final Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        final List<PolicyDifference> differences = new ArrayList<>();
        for (final String name : names) {
            final String old = before.getOrDefault(name, "");
            final String now = after.getOrDefault(name, "");
            if (!old.equals(now)) {
                differences.add(new PolicyDifference(name, old, now));
            }
        }
        return differences;
    }
}
