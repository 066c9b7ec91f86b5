package io.settlegate.gateway.benefits.policy;

import java.util.Arrays;

/** A scheme as the computation reads it. Immutable; any thread. */
public final class Scheme {
    private static final AidCategory[] CATEGORIES = AidCategory.values();

    private final String name;
    private final Fund fund;
    private final SchemeBase base;
    private final Tiers[] tiers = new Tiers[CATEGORIES.length];
    private final long[] annualCapsFen = new long[CATEGORIES.length];

    private Scheme(final SchemeDefinition definition) {
        name = definition.name();
        fund = definition.fund();
        base = definition.base();
        Arrays.fill(annualCapsFen, Money.UNLIMITED_FEN);
    }

    static Scheme of(final SchemeDefinition definition) {
        final Scheme scheme = new Scheme(definition);
        for (final SchemeDefinition.Terms terms : definition.terms()) {
            final Tiers tiers = Tiers.of(terms.tiers());
            for (final AidCategory category : terms.categories()) {
                scheme.tiers[category.ordinal()] = tiers;
                scheme.annualCapsFen[category.ordinal()] = terms.annualCapFen();
            }
        }
        return scheme;
    }

    public String name() {
        return name;
    }

    public Fund fund() {
        return fund;
    }

    public SchemeBase base() {
        return base;
    }

    /** The tiers for a category; null if the scheme does not know it. */
    public Tiers tiers(final AidCategory category) {
        return tiers[category.ordinal()];
    }

    public long annualCapFen(final AidCategory category) {
        return annualCapsFen[category.ordinal()];
    }
}
