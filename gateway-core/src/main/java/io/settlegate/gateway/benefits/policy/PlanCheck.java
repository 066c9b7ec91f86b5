package io.settlegate.gateway.benefits.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what is wrong with one plan; keeps its name among those seen. One use. */
final class PlanCheck {
    private static final int MOST_STAYS = 10;
    private static final int MOST_AGE = 150;

    private final PolicyDefinition policy;
    private final PlanDefinition plan;
    private final String path;
    private final Set<String> names;
    private final List<PolicyFault> faults = new ArrayList<>();

    PlanCheck(final PolicyDefinition policy, final PlanDefinition plan, final String path, final Set<String> names) {
        this.policy = policy;
        this.plan = plan;
        this.path = path;
        this.names = names;
    }

    List<PolicyFault> faults() {
        final PlanDefinition.Cover cover = plan.cover();
        faults.addAll(PolicyCheck.codeFaults(path, cover.insutype(), cover.psnTypes(), cover.medTypes()));
        checkName();
        checkDeductible();
        checkSegments();
        checkAgePoints();
        checkCap(path, plan.cap());
        checkDiseases();
        checkSchemes();
        if (plan.hospitalCeilingShareE4() < 0 || plan.hospitalCeilingShareE4() > Ratio.ONE_E4) {
            add(".hospital_bears_over_ceiling", "must be from 0 to 1");
        }
        return faults;
    }

    private void add(final String key, final String reason) {
        faults.add(new PolicyFault(path + key, reason));
    }

    private void checkName() {
        if (plan.name().isBlank()) {
            add(".name", "must not be empty");
        }
        if (!names.add(plan.name())) {
            add(".name", "plan " + plan.name() + " is given twice");
        }
    }

    private void checkDeductible() {
        final Map<HospitalLevel, List<Long>> amounts = plan.deductible().amountsFen();
        if (!amounts.keySet().equals(EnumSet.allOf(HospitalLevel.class))) {
            add(".deductible", "must name level1, level2, level3, ungraded");
        }
        for (final List<Long> list : amounts.values()) {
            final int most = plan.deductible().kind() == DeductibleKind.STAY ? MOST_STAYS : 1;
            if (list.isEmpty() || list.size() > most) {
                add(".deductible", "must have 1 to " + most + " amounts for each level; several are for kind stay");
            }
            if (list.stream().anyMatch(amount -> amount < 0 || amount > Money.MAX_POLICY_FEN)) {
                add(".deductible", "must be amounts from 0 to 10,000,000");
            }
        }
    }

    private void checkSegments() {
        final List<PlanDefinition.Segment> segments = plan.segments().list();
        final long[] from =
                segments.stream().mapToLong(PlanDefinition.Segment::fromFen).toArray();
        final long[] to =
                segments.stream().mapToLong(PlanDefinition.Segment::toFen).toArray();
        faults.addAll(PolicyCheck.rangeFaults(path + ".segments", from, to));
        if (from.length > 0 && from[0] != 0) {
            add(".segments[0].from", "must be 0; what is below is the deductible's");
        }
        final int mostPointsE4 = plan.agePoints().stream()
                .mapToInt(PlanDefinition.AgePoints::addE4)
                .max()
                .orElse(0);
        for (int i = 0; i < segments.size(); i++) {
            final Map<HospitalLevel, Integer> ratios = segments.get(i).ratiosE4();
            if (!ratios.keySet().equals(EnumSet.allOf(HospitalLevel.class))) {
                add(".segments[" + i + "]", "must name level1, level2, level3, ungraded");
            }
            for (final HospitalLevel level : HospitalLevel.values()) {
                final int ratioE4 = ratios.getOrDefault(level, 0);
                final String key = ".segments[" + i + "]." + level.name().toLowerCase(java.util.Locale.ROOT);
                if (ratioE4 < 0 || ratioE4 > Ratio.ONE_E4) {
                    add(key, "must be from 0 to 1");
                } else if (ratioE4 > 0 && ratioE4 + mostPointsE4 > Ratio.ONE_E4) {
                    add(key, "is above 1 with the age points");
                }
            }
        }
    }

    private void checkAgePoints() {
        int before = -1;
        for (int i = 0; i < plan.agePoints().size(); i++) {
            final PlanDefinition.AgePoints points = plan.agePoints().get(i);
            if (points.fromAge() <= before || points.fromAge() > MOST_AGE) {
                add(".age_points[" + i + "].from_age", "must rise from entry to entry, to at most " + MOST_AGE);
            }
            if (points.addE4() < 0 || points.addE4() > Ratio.ONE_E4) {
                add(".age_points[" + i + "].add", "must be from 0 to 1");
            }
            before = points.fromAge();
        }
    }

    private void checkCap(final String at, final PlanDefinition.Cap cap) {
        if (!isAmount(cap.fen()) || !isAmount(cap.withFamilyDoctorFen())) {
            faults.add(new PolicyFault(at + ".annual_cap", "must be none, or from 0 to 10,000,000"));
        }
        if (cap.withFamilyDoctorFen() < cap.fen()) {
            faults.add(new PolicyFault(
                    at + ".annual_cap_with_family_doctor", "must not be below the cap without a family doctor"));
        }
    }

    private void checkDiseases() {
        final Set<String> codes = new HashSet<>();
        for (int i = 0; i < plan.diseases().size(); i++) {
            final PlanDefinition.Disease disease = plan.diseases().get(i);
            final String at = path + ".diseases[" + i + "]";
            if (!codes.add(disease.code())) {
                faults.add(new PolicyFault(at + ".code", "disease " + disease.code() + " is given twice"));
            }
            if (disease.code().isEmpty() || disease.code().chars().anyMatch(c -> c <= ' ' || c > '~')) {
                faults.add(new PolicyFault(at + ".code", "must be visible ASCII characters"));
            }
            if (!isAmount(disease.quotaFen())) {
                faults.add(new PolicyFault(at + ".quota", "must be none, or from 0 to 10,000,000"));
            }
            checkCap(at, disease.cap());
        }
    }

    private void checkSchemes() {
        final Set<Fund> funds = EnumSet.noneOf(Fund.class);
        for (final String name : plan.schemes()) {
            final SchemeDefinition scheme = policy.schemes().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (scheme == null) {
                add(".schemes", "there is no scheme " + name);
                continue;
            }
            if (!funds.add(scheme.fund())) {
                add(".schemes", "two schemes of one fund, the second is " + name);
            }
            if (scheme.base() == SchemeBase.OVER_CAP && plan.cap().fen() == Money.UNLIMITED_FEN) {
                add(".schemes", name + " takes what is over the annual cap, and the plan has none");
            }
        }
    }

    private static boolean isAmount(final long amountFen) {
        return amountFen == Money.UNLIMITED_FEN || (amountFen >= 0 && amountFen <= Money.MAX_POLICY_FEN);
    }
}
