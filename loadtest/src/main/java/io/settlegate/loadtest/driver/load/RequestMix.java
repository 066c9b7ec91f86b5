package io.settlegate.loadtest.driver.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** How often each kind of request comes, as weights. Immutable. */
public final class RequestMix {
    /** Nothing but settlements (2102): what a maximum is measured with. */
    public static final RequestMix SETTLEMENTS = parse("2102=1");

    private static final int MAX_WEIGHT = 10_000;

    private final Map<RequestKind, Integer> weights;
    private final int sum;

    private RequestMix(final Map<RequestKind, Integer> weights) {
        this.weights = weights;
        this.sum = weights.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Reads {@code 2102=70,2101=15,1101=10}: transaction numbers and weights.
     *
     * @throws IllegalArgumentException if that cannot be read, or if it undoes settlements and makes none.
     */
    public static RequestMix parse(final String text) {
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
        final boolean undoes = weights.containsKey(RequestKind.CANCEL) || weights.containsKey(RequestKind.REVERSE);
        if (undoes && !weights.containsKey(RequestKind.SETTLE)) {
            throw new IllegalArgumentException("mix: 2103 and 2601 undo settlements, so 2102 must be there too");
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
        return weights.containsKey(RequestKind.PERSON_INFO);
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
