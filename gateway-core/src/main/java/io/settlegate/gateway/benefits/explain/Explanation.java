package io.settlegate.gateway.benefits.explain;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.Step;
import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.Money;
import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.Tiers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keeps every step of one computation, as records for programs and as sentences for operators. Give it to a computation of its own; the
 * next claim overwrites it.
 *
 * <p>Owned by one thread; allocates.
 */
public final class Explanation implements StepRecorder {
    private final List<ExplainedStep> steps = new ArrayList<>();
    private final List<AccumulatorChange> changes = new ArrayList<>();
    private Policy policy;
    private Plan plan;
    private Claim claim;

    @Override
    public void onPlan(final Policy policy, final Plan plan, final Claim claim) {
        steps.clear();
        changes.clear();
        this.policy = policy;
        this.plan = plan;
        this.claim = claim;
    }

    @Override
    public void onStep(
            final Step step,
            final Fund fund,
            final int index,
            final long baseFen,
            final long ratioE8,
            final long limitFen,
            final long amountFen) {
        final String base = yuan(baseFen);
        final String limit = limitFen == Money.UNLIMITED_FEN ? "" : yuan(limitFen);
        final boolean isPart = step == Step.BASIC_SEGMENT || step == Step.SCHEME_TIER;
        final String ratio = ratioE8 == 0 && !isPart ? "" : ratio(ratioE8);
        final String amount = isPart ? product(baseFen, ratioE8) : yuan(amountFen);
        steps.add(new ExplainedStep(
                lower(step),
                fund == null ? "" : lower(fund),
                ruleOf(step),
                base,
                ratio,
                limit,
                amount,
                roundingOf(step),
                words(step, fund, index, base, ratio, limit, amount)));
    }

    @Override
    public void onAccumulator(final int slot, final long beforeFen, final long afterFen) {
        changes.add(new AccumulatorChange(Accumulators.name(slot), yuan(beforeFen), yuan(afterFen)));
    }

    public List<ExplainedStep> steps() {
        return List.copyOf(steps);
    }

    public List<AccumulatorChange> accumulators() {
        return List.copyOf(changes);
    }

    /** The whole computation, a sentence in each line. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("Policy of region %s, version %d, plan \"%s\"."
                .formatted(policy.definition().region(), policy.version(), plan.name()));
        steps.forEach(step -> lines.add(step.words()));
        changes.forEach(change -> lines.add(
                "Accumulator %s: %s before, %s after.".formatted(change.name(), change.before(), change.after())));
        return lines;
    }

    private String words(
            final Step step,
            final Fund fund,
            final int index,
            final String base,
            final String ratio,
            final String limit,
            final String amount) {
        return switch (step) {
            case HOSPITAL_CEILING ->
                "The hospital bears %s of the %s above price ceilings: %s (half up).".formatted(ratio, base, amount);
            case HOSPITAL_QUOTA ->
                "By quota: %s in policy, quota %s; the hospital bears %s.".formatted(base, limit, amount);
            case ESSENTIAL_DRUGS -> "Of %s, essential drugs of %s are free of the deductible.".formatted(base, amount);
            case DEDUCTIBLE ->
                "Deductible (%s): %s is left of it, %s is subject to it; taken: %s."
                        .formatted(lower(plan.deductibleKind()), limit, base, amount);
            case BASIC_SEGMENT ->
                "Basic fund, segment %s: %s x %s = %s."
                        .formatted(range(plan.tiers(claim.level), index), base, ratio, amount);
            case BASIC_ROUNDED -> "Basic fund before caps: %s of %s (half up).".formatted(amount, base);
            case BASIC_CAP -> "Annual cap: %s is left; of %s the fund pays %s.".formatted(limit, base, amount);
            case DISEASE_CAP ->
                "Annual cap of disease %s: %s is left; of %s the fund pays %s."
                        .formatted(claim.diseaseCode, limit, base, amount);
            case OVER_CAP ->
                "Over the annual cap, of which %s was left: %s of %s (covered part rounded up)."
                        .formatted(limit, amount, base);
            case SCHEME_TIER ->
                "%s, tier %s: %s x %s = %s."
                        .formatted(scheme(fund), range(plan.scheme(fund).tiers(claim.aid), index), base, ratio, amount);
            case SCHEME_ROUNDED -> "%s: looks at %s, would pay %s (half up).".formatted(scheme(fund), base, amount);
            case SCHEME_CAP ->
                "%s, annual cap: %s is left; of %s it pays %s.".formatted(scheme(fund), limit, base, amount);
            case PERSON_PART -> "Of the bill of %s the person bears %s.".formatted(base, amount);
            case ACCOUNT ->
                "The account may pay %s (%s) and holds %s: it pays %s."
                        .formatted(base, lower(plan.account()), limit, amount);
            case MUTUAL_AID ->
                "Of the %s that is left of that, the family's account, which offers %s, pays %s."
                        .formatted(base, limit, amount);
            case CASH -> "Cash: %s of the person's %s.".formatted(amount, base);
        };
    }

    private String scheme(final Fund fund) {
        return "Scheme \"%s\" (%s)".formatted(plan.scheme(fund).name(), lower(fund));
    }

    private static String range(final Tiers tiers, final int index) {
        final long toFen = tiers.toFen(index);
        return "from %s %s"
                .formatted(yuan(tiers.fromFen(index)), toFen == Money.UNLIMITED_FEN ? "on" : "to " + yuan(toFen));
    }

    private static String ruleOf(final Step step) {
        return switch (step) {
            case HOSPITAL_CEILING, HOSPITAL_QUOTA -> "4.1";
            case ESSENTIAL_DRUGS, DEDUCTIBLE -> "4.3";
            case BASIC_SEGMENT, BASIC_ROUNDED -> "4.4";
            case BASIC_CAP, DISEASE_CAP -> "4.5";
            case OVER_CAP -> "4.6";
            case SCHEME_TIER, SCHEME_ROUNDED, SCHEME_CAP -> "4.7";
            case PERSON_PART, ACCOUNT, MUTUAL_AID, CASH -> "4.8";
        };
    }

    private static String roundingOf(final Step step) {
        return switch (step) {
            case HOSPITAL_CEILING -> "R4";
            case BASIC_ROUNDED -> "R5";
            case SCHEME_ROUNDED -> "R6";
            case OVER_CAP -> "R7";
            default -> "";
        };
    }

    private static String lower(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String yuan(final long amountFen) {
        return BigDecimal.valueOf(amountFen, 2).toPlainString();
    }

    private static String ratio(final long ratioE8) {
        return ratioE8 == 0
                ? "0"
                : BigDecimal.valueOf(ratioE8, 8).stripTrailingZeros().toPlainString();
    }

    /** Exact, with as many places as it has, at least two. */
    private static String product(final long baseFen, final long ratioE8) {
        final BigDecimal product = BigDecimal.valueOf(baseFen, 2)
                .multiply(BigDecimal.valueOf(ratioE8, 8))
                .stripTrailingZeros();
        return product.scale() < 2 ? product.setScale(2).toPlainString() : product.toPlainString();
    }
}
