package io.settlegate.loadtest.driver.load;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** How often each kind of request comes, as weights. Immutable. */
public final class RequestMix {
    /** Kinds that are made from an earlier settlement of the phase. */
    private static final Set<RequestKind> ON_SETTLEMENTS =
            EnumSet.of(RequestKind.REVERSE, RequestKind.QUERY, RequestKind.RECORDS, RequestKind.STATEMENT_DETAILS);

    /** Nothing but settlements (2102): what a maximum is measured with. */
    public static final RequestMix SETTLEMENTS = parse("2102=1");

    /**
     * A county's day, by the shares of its records: pharmacies 47, outpatients 35, slow diseases 5, stays 5 of a hundred settlements
     * (a county of Sichuan, 2024 and 2025); some are undone, asked for, and compared.
     */
    public static final String COUNTY = "2102=52,2101=20,1101=20,2103=1,2601=1,101=2,5203=2,3201=1,3202=1,"
            + "2201=35,2203=35,2204=35,2207=35,2401=5,2301=5,2402=5,2304=5";

    private static final String COUNTY_NAME = "county";
    private static final int MAX_WEIGHT = 10_000;

    private final Map<RequestKind, Integer> weights;
    private final int sum;

    private RequestMix(final Map<RequestKind, Integer> weights) {
        this.weights = weights;
        this.sum = weights.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Reads {@code 2102=70,2101=15,1101=10}: transaction numbers and weights; {@code county} is {@link #COUNTY}.
     *
     * @throws IllegalArgumentException if that cannot be read, or if it undoes or asks for settlements and makes none, or names a
     *     step of a visit without the one before it.
     */
    public static RequestMix parse(final String given) {
        final String text = given.strip().equals(COUNTY_NAME) ? COUNTY : given;
        final Map<RequestKind, Integer> weights = new EnumMap<>(RequestKind.class);
        for (final String part : text.split(",", -1)) {
            final int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("mix: `" + part + "` is not like 2102=70");
            }
            final RequestKind kind = RequestKind.of(part.substring(0, equals).strip());
            if (weights.put(kind, weight(part.substring(equals + 1).strip())) != null) {
                throw new IllegalArgumentException("mix: " + kind.infno() + " stands there twice");
            }
        }
        for (final RequestKind kind : weights.keySet()) {
            if (kind.before() != null && !weights.containsKey(kind.before())) {
                throw new IllegalArgumentException("mix: " + kind.infno() + " is made from the answer to a "
                        + kind.before().infno() + ", which must be there too");
            }
        }
        if (ON_SETTLEMENTS.stream().anyMatch(weights::containsKey) && !weights.containsKey(RequestKind.SETTLE)) {
            throw new IllegalArgumentException(
                    "mix: 2601, 101, 5203, and 3202 are about settlements, so 2102 must be there too");
        }
        return new RequestMix(weights);
    }

    private static int weight(final String text) {
        try {
            final int weight = Integer.parseInt(text);
            if (weight >= 1 && weight <= MAX_WEIGHT) {
                return weight;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("mix: `" + text + "` is no number", e);
        }
        throw new IllegalArgumentException("mix: the weight " + text + " is outside 1.." + MAX_WEIGHT);
    }

    /** True if some of the requests must be fresh when they arrive. */
    public boolean hasReads() {
        return weights.containsKey(RequestKind.STATEMENT_DETAILS)
                || weights.keySet().stream().anyMatch(RequestKind::isRead);
    }

    /** The next kind, at random. */
    RequestKind next(final SplittableRandom random) {
        int left = random.nextInt(sum);
        for (final Map.Entry<RequestKind, Integer> entry : weights.entrySet()) {
            left -= entry.getValue();
            if (left < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("the weights of " + this + " do not add up to " + sum);
    }

    @Override
    public String toString() {
        return weights.entrySet().stream()
                .map(entry -> entry.getKey().infno() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
