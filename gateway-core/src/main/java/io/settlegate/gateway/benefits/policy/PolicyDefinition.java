package io.settlegate.gateway.benefits.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What one version of a pooling region's policy says, as it was written. Immutable. {@link PolicyCheck} says what is wrong with it,
 * {@link Policy#compile} makes of it what the computation reads.
 *
 * @param effectiveTo the first day on which it is no longer in force.
 * @param outOfAreaE4 the factor of every kind of visit out of area; local visits have none.
 */
public record PolicyDefinition(
        String region,
        String name,
        int version,
        LocalDate effectiveFrom,
        LocalDate effectiveTo,
        Provenance provenance,
        Switches switches,
        Map<OutOfArea, Integer> outOfAreaE4,
        List<Insurance> insurances,
        List<SchemeDefinition> schemes,
        List<PlanDefinition> plans) {
    public PolicyDefinition {
        outOfAreaE4 = Map.copyOf(outOfAreaE4);
        insurances = List.copyOf(insurances);
        schemes = List.copyOf(schemes);
        plans = List.copyOf(plans);
    }

    /** An insurance of the region, with the persons and the kinds of visit for which there must be a plan. */
    public record Insurance(String insutype, List<String> psnTypes, List<String> medTypes) {
        public Insurance {
            psnTypes = List.copyOf(psnTypes);
            medTypes = List.copyOf(medTypes);
        }
    }
}
