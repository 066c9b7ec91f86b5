package io.settlegate.gateway.pipeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the line measures of itself. Each histogram and mark has one writing thread; any thread may read.
 */
public final class LineMeter {
    private final Map<Stage, List<PowerHistogram>> batchTimesNs = new EnumMap<>(Stage.class);
    private final PowerHistogram requestTimesNs = PowerHistogram.ofNanoseconds();
    private final PowerHistogram sealedCounts = PowerHistogram.ofCounts();
    private volatile long appendedSequence;

    LineMeter(final int verifierCount, final long lastSequence) {
        for (final Stage stage : Stage.values()) {
            final List<PowerHistogram> histograms = new ArrayList<>();
            for (int i = 0; i < (stage == Stage.VERIFY ? verifierCount : 1); i++) {
                histograms.add(PowerHistogram.ofNanoseconds());
            }
            batchTimesNs.put(stage, List.copyOf(histograms));
        }
        appendedSequence = lastSequence;
    }

    /** How long the stage had each of its batches; one histogram for each thread that serves the stage. */
    public List<PowerHistogram> batchTimesNs(final Stage stage) {
        return batchTimesNs.get(stage);
    }

    /** From claim until the reply is with the connection's event loop's queue. Written by the reply stage. */
    public PowerHistogram requestTimesNs() {
        return requestTimesNs;
    }

    /** Records under each seal. Written by the journal stage. */
    public PowerHistogram sealedCounts() {
        return sealedCounts;
    }

    /** Journal: a record was appended. */
    void appended(final long sequence) {
        appendedSequence = sequence;
    }

    /** The record appended last, durable or not. */
    public long appendedSequence() {
        return appendedSequence;
    }
}
