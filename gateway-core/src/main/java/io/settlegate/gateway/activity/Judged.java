package io.settlegate.gateway.activity;

import java.util.Optional;

/**
 * A rate held against the target of its region.
 *
 * @param rate what was counted.
 * @param target of the region, if it has one.
 */
record Judged(Rate rate, Optional<Target> target) {
    static Judged of(final Rate rate, final Targets targets, final Target.Measure measure, final String admdvs) {
        return new Judged(rate, targets.of(measure, admdvs));
    }

    boolean isReached() {
        return target.isPresent() && rate.reaches(target.get().percent());
    }

    /** Empty where there is no target, or nothing to hold against it. */
    String word() {
        if (target.isEmpty() || rate.whole() == 0) {
            return "";
        }
        return isReached() ? "reached" : "missed";
    }

    String shown() {
        return switch (word()) {
            case "reached" -> "达标";
            case "missed" -> "未达标";
            default -> "—";
        };
    }

    /** A look of the style sheet. */
    String look() {
        return switch (word()) {
            case "reached" -> "good";
            case "missed" -> "bad";
            default -> "plain";
        };
    }

    /** Empty where there is none. */
    String targetPercent() {
        return target.map(found -> found.percent().toPlainString()).orElse("");
    }
}
