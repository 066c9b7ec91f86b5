package io.settlegate.gateway.benefits.explain;

/**
 * One step, for programs; amounts in yuan and ratios as decimals, empty where the step has none.
 *
 * @param step the step's name, such as {@code deductible} or {@code scheme_tier}.
 * @param fund the fund of a scheme, or empty.
 * @param rule the section of docs/BENEFITS.md.
 * @param base what the step works on.
 * @param limit what bounds the amount.
 * @param rounding R4 to R7, or empty.
 * @param words the step as a sentence.
 */
public record ExplainedStep(
        String step,
        String fund,
        String rule,
        String base,
        String ratio,
        String limit,
        String amount,
        String rounding,
        String words) {}
