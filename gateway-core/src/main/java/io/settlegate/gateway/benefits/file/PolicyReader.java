package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.AccountScope;
import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.CancelRule;
import io.settlegate.gateway.benefits.policy.DeductibleKind;
import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.FundSum;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.MutualAid;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.benefits.policy.PlanDefinition;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.benefits.policy.PolicyKind;
import io.settlegate.gateway.benefits.policy.Pool;
import io.settlegate.gateway.benefits.policy.Provenance;
import io.settlegate.gateway.benefits.policy.Qualification;
import io.settlegate.gateway.benefits.policy.SchemeBase;
import io.settlegate.gateway.benefits.policy.SchemeDefinition;
import io.settlegate.gateway.benefits.policy.SegmentSpan;
import io.settlegate.gateway.benefits.policy.Switches;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Makes a definition of a file's nodes. The keys of a policy file stand here, in their order. */
final class PolicyReader {
    private static final int MOST_VERSION = 1_000_000;
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_AGE = 150;

    private final PolicyProblems problems;

    PolicyReader(final PolicyProblems problems) {
        this.problems = problems;
    }

    PolicyDefinition read(final YamlNode root) {
        final Fields fields = new Fields(root, "", problems);
        final PolicyDefinition definition = new PolicyDefinition(
                fields.text("region"),
                fields.text("name"),
                fields.whole("version", 1, MOST_VERSION),
                fields.date("effective_from"),
                fields.date("effective_to"),
                new Provenance(fields.choice("kind", PolicyKind.class), fields.text("source"), fields.text("trust")),
                switches(fields.mapping("switches")),
                outOfArea(fields.mapping("out_of_area")),
                each(fields, "insurances", this::insurance),
                each(fields, "schemes", this::scheme),
                each(fields, "plans", this::plan));
        fields.end();
        return definition;
    }

    private <T> List<T> each(final Fields fields, final String key, final BiFunction<YamlNode, String, T> reader) {
        return each(fields.items(key), key, reader);
    }

    private <T> List<T> each(
            final List<YamlNode> items, final String path, final BiFunction<YamlNode, String, T> reader) {
        final List<T> read = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            read.add(reader.apply(items.get(i), path + "[" + i + "]"));
        }
        return read;
    }

    private static Switches switches(final Fields fields) {
        final Switches switches = new Switches(
                fields.choice("fund_sum", FundSum.class),
                fields.choice("mutual_aid", MutualAid.class),
                fields.choice("cancel_under_later", CancelRule.class),
                fields.whole("staged_lines_expire_days", 1, MOST_DAYS));
        fields.end();
        return switches;
    }

    private static Map<OutOfArea, Integer> outOfArea(final Fields fields) {
        final Map<OutOfArea, Integer> factors = new EnumMap<>(OutOfArea.class);
        for (final OutOfArea kind : OutOfArea.values()) {
            if (kind != OutOfArea.LOCAL) {
                factors.put(kind, fields.ratioE4(kind.name().toLowerCase(Locale.ROOT)));
            }
        }
        fields.end();
        return factors;
    }

    private PolicyDefinition.Insurance insurance(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final PolicyDefinition.Insurance insurance = new PolicyDefinition.Insurance(
                fields.text("insutype"), fields.codes("psn_types"), fields.codes("med_types"));
        fields.end();
        return insurance;
    }

    private SchemeDefinition scheme(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final SchemeDefinition scheme = new SchemeDefinition(
                fields.text("name"),
                fields.choice("fund", Fund.class),
                fields.choice("base", SchemeBase.class),
                each(fields.items("terms"), path + ".terms", this::terms));
        fields.end();
        return scheme;
    }

    private SchemeDefinition.Terms terms(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final SchemeDefinition.Terms terms = new SchemeDefinition.Terms(
                fields.choices("categories", AidCategory.class),
                fields.amountFenOrNone("annual_cap"),
                each(fields.items("tiers"), path + ".tiers", this::tier));
        fields.end();
        return terms;
    }

    private SchemeDefinition.Tier tier(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final SchemeDefinition.Tier tier = new SchemeDefinition.Tier(
                fields.amountFen("from"), fields.amountFenOrNone("to"), fields.ratioE4("ratio"));
        fields.end();
        return tier;
    }

    private PlanDefinition plan(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final PlanDefinition plan = new PlanDefinition(
                fields.text("name"),
                new PlanDefinition.Cover(fields.text("insutype"), fields.codes("psn_types"), fields.codes("med_types")),
                fields.choice("pool", Pool.class),
                fields.choice("account", AccountScope.class),
                fields.has("qualification")
                        ? fields.choice("qualification", Qualification.class)
                        : Qualification.NOT_NEEDED,
                deductible(fields.mapping("deductible")),
                new PlanDefinition.Segments(
                        fields.choice("segments_by", SegmentSpan.class),
                        each(fields.items("segments"), path + ".segments", this::segment)),
                fields.has("age_points")
                        ? each(fields.items("age_points"), path + ".age_points", this::agePoints)
                        : List.of(),
                cap(fields),
                fields.has("diseases") ? each(fields.items("diseases"), path + ".diseases", this::disease) : List.of(),
                fields.has("schemes") ? fields.codes("schemes") : List.of(),
                fields.has("hospital_bears_over_ceiling") ? fields.ratioE4("hospital_bears_over_ceiling") : 0);
        fields.end();
        return plan;
    }

    private static PlanDefinition.Deductible deductible(final Fields fields) {
        final DeductibleKind kind = fields.choice("kind", DeductibleKind.class);
        final PlanDefinition.EssentialDrugs essentialDrugs = fields.has("essential_drugs")
                ? fields.choice("essential_drugs", PlanDefinition.EssentialDrugs.class)
                : PlanDefinition.EssentialDrugs.LIKE_OTHERS;
        final Map<HospitalLevel, List<Long>> amounts = new EnumMap<>(HospitalLevel.class);
        for (final HospitalLevel level : HospitalLevel.values()) {
            amounts.put(
                    level,
                    kind == DeductibleKind.NONE
                            ? List.of(0L)
                            : fields.amountsFen(level.name().toLowerCase(Locale.ROOT)));
        }
        fields.end();
        return new PlanDefinition.Deductible(kind, essentialDrugs, amounts);
    }

    private PlanDefinition.Segment segment(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final Map<HospitalLevel, Integer> ratios = new EnumMap<>(HospitalLevel.class);
        final long fromFen = fields.amountFen("from");
        final long toFen = fields.amountFenOrNone("to");
        for (final HospitalLevel level : HospitalLevel.values()) {
            ratios.put(level, fields.ratioE4(level.name().toLowerCase(Locale.ROOT)));
        }
        fields.end();
        return new PlanDefinition.Segment(fromFen, toFen, ratios);
    }

    private PlanDefinition.AgePoints agePoints(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final PlanDefinition.AgePoints points =
                new PlanDefinition.AgePoints(fields.whole("from_age", 0, MOST_AGE), fields.ratioE4("add"));
        fields.end();
        return points;
    }

    /** Where nothing is said of family doctors, their cap is the cap. */
    private static PlanDefinition.Cap cap(final Fields fields) {
        final long capFen = fields.amountFenOrNone("annual_cap");
        final String key = "annual_cap_with_family_doctor";
        return new PlanDefinition.Cap(capFen, fields.has(key) ? fields.amountFenOrNone(key) : capFen);
    }

    private PlanDefinition.Disease disease(final YamlNode node, final String path) {
        final Fields fields = new Fields(node, path, problems);
        final PlanDefinition.Disease disease =
                new PlanDefinition.Disease(fields.text("code"), cap(fields), fields.amountFenOrNone("quota"));
        fields.end();
        return disease;
    }
}
