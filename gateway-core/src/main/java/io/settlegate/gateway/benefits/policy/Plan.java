package io.settlegate.gateway.benefits.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A plan as the computation reads it: everything by position. Immutable; any thread. */
public final class Plan {
    private static final HospitalLevel[] LEVELS = HospitalLevel.values();
    private static final Fund[] FUNDS = Fund.values();

    private final PlanDefinition definition;
    private final long[][] deductiblesFen = new long[LEVELS.length][];
    private final Tiers[] tiers = new Tiers[LEVELS.length];
    private final Scheme[] schemes = new Scheme[FUNDS.length];
    private final int[] ages;
    private final int[] pointsE4;
    private final String[] diseaseCodes;
    private final PlanDefinition.Disease[] diseases;
    private final boolean takesOverCap;

    Plan(final PlanDefinition definition, final Map<String, Scheme> schemesByName) {
        this.definition = definition;
        for (final HospitalLevel level : LEVELS) {
            final List<Long> amounts = definition.deductible().amountsFen().get(level);
            deductiblesFen[level.ordinal()] =
                    amounts.stream().mapToLong(Long::longValue).toArray();
            tiers[level.ordinal()] = Tiers.of(definition.segments().list(), level);
        }
        boolean overCap = false;
        for (final String name : definition.schemes()) {
            final Scheme scheme = schemesByName.get(name);
            schemes[scheme.fund().ordinal()] = scheme;
            overCap |= scheme.base() == SchemeBase.OVER_CAP;
        }
        takesOverCap = overCap;
        ages = definition.agePoints().stream()
                .mapToInt(PlanDefinition.AgePoints::fromAge)
                .toArray();
        pointsE4 = definition.agePoints().stream()
                .mapToInt(PlanDefinition.AgePoints::addE4)
                .toArray();
        diseases = definition.diseases().stream()
                .sorted(Comparator.comparing(PlanDefinition.Disease::code))
                .toArray(PlanDefinition.Disease[]::new);
        diseaseCodes = new String[diseases.length];
        for (int i = 0; i < diseases.length; i++) {
            diseaseCodes[i] = diseases[i].code();
        }
    }

    public String name() {
        return definition.name();
    }

    public Pool pool() {
        return definition.pool();
    }

    public AccountScope account() {
        return definition.account();
    }

    public boolean needsQualification() {
        return definition.qualification() == Qualification.REQUIRED;
    }

    public DeductibleKind deductibleKind() {
        return definition.deductible().kind();
    }

    public boolean areEssentialDrugsExempt() {
        return definition.deductible().essentialDrugs() == PlanDefinition.EssentialDrugs.EXEMPT;
    }

    /** The deductible of a level; the number of the stay counts from 1 and matters for stays only. */
    public long deductibleFen(final HospitalLevel level, final int stayNumber) {
        final long[] amounts = deductiblesFen[level.ordinal()];
        return amounts[Math.min(stayNumber, amounts.length) - 1];
    }

    public SegmentSpan segmentSpan() {
        return definition.segments().span();
    }

    public Tiers tiers(final HospitalLevel level) {
        return tiers[level.ordinal()];
    }

    /** What is added to the ratios at an age. */
    public int agePointsE4(final int age) {
        for (int i = ages.length - 1; i >= 0; i--) {
            if (age >= ages[i]) {
                return pointsE4[i];
            }
        }
        return 0;
    }

    public PlanDefinition.Cap cap() {
        return definition.cap();
    }

    /** The scheme of a fund; null if it takes no part. */
    public Scheme scheme(final Fund fund) {
        return schemes[fund.ordinal()];
    }

    public boolean takesOverCap() {
        return takesOverCap;
    }

    public int hospitalCeilingShareE4() {
        return definition.hospitalCeilingShareE4();
    }

    /** What the plan says about a disease; null if nothing. Does not allocate. */
    public PlanDefinition.Disease disease(final CharSequence code) {
        int low = 0;
        int high = diseaseCodes.length - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            final int order = CharSequence.compare(diseaseCodes[middle], code);
            if (order == 0) {
                return diseases[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
