package io.settlegate.gateway.benefits.policy;

/** What differs between regions beyond amounts and ratios. Staged fee lines expire after the days given here. */
public record Switches(FundSum fundSum, MutualAid mutualAid, CancelRule cancelRule, int stagedLinesExpireDays) {}
