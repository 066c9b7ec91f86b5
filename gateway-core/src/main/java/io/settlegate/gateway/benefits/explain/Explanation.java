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
    private ExplainedVisit visit;
    private Policy policy;
    private Plan plan;
    private Claim claim;
    /** Of the segments or tiers since the last rounding, in yuan. */
    private BigDecimal sum = BigDecimal.ZERO;

    private boolean isBasicFundTold;

    @Override
    public void onPlan(final Policy policy, final Plan plan, final Claim claim) {
        steps.clear();
        changes.clear();
        sum = BigDecimal.ZERO;
        isBasicFundTold = false;
        this.policy = policy;
        this.plan = plan;
        this.claim = claim;
        visit = new ExplainedVisit(
                policy, plan, lower(claim.level), lower(claim.outOfArea), claim.stayNumber, claim.balanceFen);
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
        tellOfBasicFund(step);
        final boolean isPart = step == Step.BASIC_SEGMENT || step == Step.SCHEME_TIER;
        final String ratio = ratioE8 == 0 && !isPart ? "" : ratio(ratioE8);
        final String product = product(step, baseFen, ratioE8);
        final String limit = limitFen == Money.UNLIMITED_FEN ? "" : yuan(limitFen);
        final String amount = isPart ? product : yuan(amountFen);
        steps.add(new ExplainedStep(
                lower(step),
                fund == null ? "" : lower(fund),
                ruleOf(step),
                baseFen,
                ratio,
                product,
                limitFen,
                amountFen,
                roundingOf(step),
                words(step, fund, index, yuan(baseFen), ratio, limit, rounded(step, product, amount))));
    }

    /** The computation passes over a basic fund that takes no part: the first step behind it shows that. */
    private void tellOfBasicFund(final Step step) {
        if (step.compareTo(Step.SCHEME_TIER) < 0) {
            isBasicFundTold |= step.compareTo(Step.ESSENTIAL_DRUGS) >= 0;
            return;
        }
        if (!isBasicFundTold) {
            final String why = policy.outOfAreaE4(claim.outOfArea) == 0
                    ? "the factor of this kind of visit out of area is 0."
                    : "every ratio of the institution's level is 0.";
            steps.add(new ExplainedStep(
                    "no_basic_fund",
                    "",
                    "4.2",
                    0,
                    "",
                    "",
                    Money.UNLIMITED_FEN,
                    0,
                    "",
                    "The basic fund takes no part: " + why));
        }
        isBasicFundTold = true;
    }

    /** Exact: of a part its own, of a rounding what it rounds. */
    private String product(final Step step, final long baseFen, final long ratioE8) {
        final BigDecimal own = BigDecimal.valueOf(baseFen, 2).multiply(BigDecimal.valueOf(ratioE8, 8));
        return switch (step) {
            case BASIC_SEGMENT, SCHEME_TIER -> {
                sum = sum.add(own);
                yield plain(own);
            }
            case BASIC_ROUNDED, SCHEME_ROUNDED -> {
                final String rounded = plain(sum);
                sum = BigDecimal.ZERO;
                yield rounded;
            }
            case HOSPITAL_CEILING -> plain(own);
            default -> "";
        };
    }

    /** The amount, behind what it was rounded from where that is another. */
    private static String rounded(final Step step, final String product, final String amount) {
        return product.isEmpty() || product.equals(amount)
                ? amount
                : "%s, half up %s [%s]".formatted(product, amount, roundingOf(step));
    }

    @Override
    public void onAccumulator(final int slot, final long beforeFen, final long afterFen) {
        changes.add(new AccumulatorChange(Accumulators.name(slot), beforeFen, afterFen));
    }

    /** By what the claim was computed; null if none was. */
    public ExplainedVisit visit() {
        return visit;
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
        changes.forEach(change -> lines.add("Accumulator %s: %s before, %s after."
                .formatted(change.name(), yuan(change.beforeFen()), yuan(change.afterFen()))));
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
                "The hospital bears %s of the %s above price ceilings: %s.".formatted(ratio, base, amount);
            case HOSPITAL_QUOTA ->
                "By quota: %s in policy, quota %s; the hospital bears %s.".formatted(base, limit, amount);
            case ESSENTIAL_DRUGS -> "Of %s, essential drugs of %s are free of the deductible.".formatted(base, amount);
            case DEDUCTIBLE ->
                "Deductible (%s): %s is left of it, %s is subject to it; taken: %s."
                        .formatted(lower(plan.deductibleKind()), limit, base, amount);
            case BASIC_SEGMENT ->
                "Basic fund, segment %s: %s x %s = %s."
                        .formatted(range(plan.tiers(claim.level), index), base, ratio, amount);
            case BASIC_ROUNDED -> "Basic fund before caps, of %s: %s.".formatted(base, amount);
            case BASIC_CAP -> "Annual cap: %s is left; of %s the fund pays %s.".formatted(limit, base, amount);
            case DISEASE_CAP ->
                "Annual cap of the visit's disease: %s is left; of %s the fund pays %s.".formatted(limit, base, amount);
            case OVER_CAP ->
                "Over the annual cap, of which %s was left: %s of %s (covered part up to the fen [R7])."
                        .formatted(limit, amount, base);
            case SCHEME_TIER ->
                "%s, tier %s: %s x %s = %s."
                        .formatted(scheme(fund), range(plan.scheme(fund).tiers(claim.aid), index), base, ratio, amount);
            case SCHEME_ROUNDED -> "%s: looks at %s, would pay %s.".formatted(scheme(fund), base, amount);
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

    /** With as many places as it has, at least two. */
    private static String plain(final BigDecimal product) {
        final BigDecimal stripped = product.stripTrailingZeros();
        return stripped.scale() < 2 ? stripped.setScale(2).toPlainString() : stripped.toPlainString();
    }
}
