package io.settlegate.gateway.benefits.policy;

import java.util.List;

/** A fund after the basic one: what it looks at, and its terms for the persons whom it knows. Immutable. */
public record SchemeDefinition(String name, Fund fund, SchemeBase base, List<Terms> terms) {
    public SchemeDefinition {
        terms = List.copyOf(terms);
    }

    /** Tiers over what the scheme has looked at in the year, and the most that it pays in a year. */
    public record Terms(List<AidCategory> categories, long annualCapFen, List<Tier> tiers) {
        public Terms {
            categories = List.copyOf(categories);
            tiers = List.copyOf(tiers);
        }
    }

    /** From inclusive, to exclusive; the last one is unlimited. Below the first nothing is paid. */
    public record Tier(long fromFen, long toFen, int ratioE4) {}
}
