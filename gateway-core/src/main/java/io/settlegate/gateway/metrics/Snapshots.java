package io.settlegate.gateway.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.settlegate.gateway.pipeline.PowerHistogram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects one scrape. One thread. */
final class Snapshots {
    private static final double NS_PER_SECOND = 1e9;

    private final Map<Metric, List<DataPointSnapshot>> points = new EnumMap<>(Metric.class);

    /** What the values of a histogram are divided by to get its unit. */
    enum Scale {
        NANOSECONDS(NS_PER_SECOND),
        COUNTS(1);

        private final double divisor;

        Scale(final double divisor) {
            this.divisor = divisor;
        }
    }

    /** A counter's or gauge's value; labels are names and values in turn. */
    void add(final Metric metric, final double value, final String... labels) {
        put(
                metric,
                metric.type() == Metric.Type.COUNTER
                        ? CounterDataPointSnapshot.builder()
                                .value(value)
                                .labels(Labels.of(labels))
                                .build()
                        : GaugeDataPointSnapshot.builder()
                                .value(value)
                                .labels(Labels.of(labels))
                                .build());
    }

    void addInfo(final Metric metric, final String... labels) {
        put(metric, InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build());
    }

    /** The sum of histograms of the same bounds. */
    void add(final Metric metric, final List<PowerHistogram> parts, final Scale scale, final String... labels) {
        final PowerHistogram first = parts.get(0);
        final int boundCount = first.boundCount();
        final double[] bounds = new double[boundCount + 1];
        final long[] counts = new long[boundCount + 1];
        double sum = 0;
        for (int i = 0; i < boundCount; i++) {
            bounds[i] = first.bound(i) / scale.divisor;
        }
        bounds[boundCount] = Double.POSITIVE_INFINITY;
        for (final PowerHistogram part : parts) {
            for (int i = 0; i <= boundCount; i++) {
                counts[i] += part.count(i);
            }
            sum += part.sum() / scale.divisor;
        }
        put(
                metric,
                HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                        .sum(sum)
                        .labels(Labels.of(labels))
                        .build());
    }

    private void put(final Metric metric, final DataPointSnapshot point) {
        points.computeIfAbsent(metric, of -> new ArrayList<>()).add(point);
    }

    MetricSnapshots build() {
        final List<MetricSnapshot> snapshots = new ArrayList<>();
        points.forEach((metric, of) -> snapshots.add(snapshot(metric, of)));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(final Metric metric, final List<DataPointSnapshot> points) {
        final MetricMetadata metadata = new MetricMetadata(metric.baseName(), metric.help());
        return switch (metric.type()) {
            case COUNTER -> new CounterSnapshot(metadata, cast(points, CounterDataPointSnapshot.class));
            case GAUGE -> new GaugeSnapshot(metadata, cast(points, GaugeDataPointSnapshot.class));
            case HISTOGRAM -> new HistogramSnapshot(metadata, cast(points, HistogramDataPointSnapshot.class));
            case INFO -> new InfoSnapshot(metadata, cast(points, InfoDataPointSnapshot.class));
        };
    }

    private static <T> List<T> cast(final List<DataPointSnapshot> points, final Class<T> type) {
        return points.stream().map(type::cast).toList();
    }
}
