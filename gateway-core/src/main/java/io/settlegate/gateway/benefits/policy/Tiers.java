package io.settlegate.gateway.benefits.policy;

import java.util.List;

/** Ratios over adjoining ranges of an amount. Immutable; any thread. */
public final class Tiers {
    private final long[] fromFen;
    private final long[] toFen;
    private final int[] ratiosE4;

    private Tiers(final int count) {
        fromFen = new long[count];
        toFen = new long[count];
        ratiosE4 = new int[count];
    }

    static Tiers of(final List<SchemeDefinition.Tier> tiers) {
        final Tiers compiled = new Tiers(tiers.size());
        for (int i = 0; i < tiers.size(); i++) {
            compiled.set(
                    i,
                    tiers.get(i).fromFen(),
                    tiers.get(i).toFen(),
                    tiers.get(i).ratioE4());
        }
        return compiled;
    }

    static Tiers of(final List<PlanDefinition.Segment> segments, final HospitalLevel level) {
        final Tiers compiled = new Tiers(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            final PlanDefinition.Segment segment = segments.get(i);
            compiled.set(
                    i, segment.fromFen(), segment.toFen(), segment.ratiosE4().get(level));
        }
        return compiled;
    }

    private void set(final int index, final long from, final long to, final int ratioE4) {
        fromFen[index] = from;
        toFen[index] = to;
        ratiosE4[index] = ratioE4;
    }

    public int count() {
        return fromFen.length;
    }

    public long fromFen(final int index) {
        return fromFen[index];
    }

    public long toFen(final int index) {
        return toFen[index];
    }

    public int ratioE4(final int index) {
        return ratiosE4[index];
    }

    /** How much of the amount that begins at a position lies in a tier. */
    public long overlapFen(final int index, final long positionFen, final long amountFen) {
        final long first = Math.max(fromFen[index], positionFen);
        final long last = Math.min(toFen[index], positionFen + amountFen);
        return Math.max(0, last - first);
    }

    /** The tier in which a position lies; -1 below the first. */
    public int at(final long positionFen) {
        for (int i = fromFen.length - 1; i >= 0; i--) {
            if (positionFen >= fromFen[i]) {
                return i;
            }
        }
        return -1;
    }

    public boolean isZero() {
        for (final int ratioE4 : ratiosE4) {
            if (ratioE4 != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether what is paid depends on the position. */
    public boolean dependsOnPosition() {
        return count() > 1 || fromFen[0] > 0;
    }
}
