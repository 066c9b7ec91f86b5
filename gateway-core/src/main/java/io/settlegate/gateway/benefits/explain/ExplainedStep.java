package io.settlegate.gateway.benefits.explain;

/**
 * One step, for programs; texts are empty where the step has none.
 *
 * @param step the step's name, such as {@code deductible} or {@code scheme_tier}.
 * @param fund the fund of a scheme, or empty.
 * @param rule the section of docs/BENEFITS.md.
 * @param baseFen what the step works on.
 * @param ratio as a decimal.
 * @param product exact, in yuan: base times ratio, or the sum of the products that the step rounds.
 * @param limitFen what bounds the amount; {@code Money.UNLIMITED_FEN} where nothing does.
 * @param amountFen what the step gives; 0 of one part of a sum, which is not rounded by itself.
 * @param rounding R4 to R7, or empty.
 * @param words the step as a sentence.
 */
public record ExplainedStep(
        String step,
        String fund,
        String rule,
        long baseFen,
        String ratio,
        String product,
        long limitFen,
        long amountFen,
        String rounding,
        String words) {}
