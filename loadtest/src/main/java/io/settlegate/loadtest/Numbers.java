package io.settlegate.loadtest;

import java.math.BigDecimal;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Numbers as a person reads them. */
final class Numbers {
    private static final double NS_PER_MS = 1e6;

    private Numbers() {}

    static String count(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String rate(final double perSecond) {
        return String.format(Locale.ROOT, "%,.0f", perSecond);
    }

    static String yuan(final long fen) {
        return String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(fen, 2));
    }

    static double milliseconds(final Histogram latencyNs, final double percentile) {
        return latencyNs.getValueAtPercentile(percentile) / NS_PER_MS;
    }

    static String latency(final Histogram latencyNs, final double percentile) {
        return String.format(Locale.ROOT, "%.2f ms", milliseconds(latencyNs, percentile));
    }
}
