package io.settlegate.gateway.benefits.policy;

import java.util.List;
import java.util.Map;

/**
 * What the basic fund pays to some persons of one insurance for some kinds of visit. Immutable.
 *
 * @param hospitalCeilingShareE4 the share of what is above the price ceilings that the hospital bears itself.
 */
public record PlanDefinition(
        String name,
        Cover cover,
        Pool pool,
        AccountScope account,
        Qualification qualification,
        Deductible deductible,
        Segments segments,
        List<AgePoints> agePoints,
        Cap cap,
        List<Disease> diseases,
        List<String> schemes,
        int hospitalCeilingShareE4) {
    public PlanDefinition {
        agePoints = List.copyOf(agePoints);
        diseases = List.copyOf(diseases);
        schemes = List.copyOf(schemes);
    }

    /** Two digits of a psn_type are the group, four are one type; a med_type covers those that begin with it. */
    public record Cover(String insutype, List<String> psnTypes, List<String> medTypes) {
        public Cover {
            psnTypes = List.copyOf(psnTypes);
            medTypes = List.copyOf(medTypes);
        }
    }

    /** The amounts of each level; of a stay the first, second, and so on, the last for all later ones. */
    public record Deductible(
            DeductibleKind kind, EssentialDrugs essentialDrugs, Map<HospitalLevel, List<Long>> amountsFen) {
        public Deductible {
            amountsFen = Map.copyOf(amountsFen);
        }
    }

    /** Whether the lines of national essential drugs are free of the deductible. */
    public enum EssentialDrugs {
        LIKE_OTHERS,
        EXEMPT
    }

    /** Segments of the amount after the deductible. */
    public record Segments(SegmentSpan span, List<Segment> list) {
        public Segments {
            list = List.copyOf(list);
        }
    }

    /** From inclusive, to exclusive; the last one is unlimited. */
    public record Segment(long fromFen, long toFen, Map<HospitalLevel, Integer> ratiosE4) {
        public Segment {
            ratiosE4 = Map.copyOf(ratiosE4);
        }
    }

    /** What is added to every ratio above 0 from an age on; the highest age reached counts. */
    public record AgePoints(int fromAge, int addE4) {}

    /** The most that the basic fund pays in a year, without and with a family doctor. */
    public record Cap(long fen, long withFamilyDoctorFen) {}

    /** What holds for one disease beside the plan: a cap of its own, and a quota above which the hospital bears the amount. */
    public record Disease(String code, Cap cap, long quotaFen) {}
}
