package io.settlegate.gateway.replay;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Tells how far a reading of a journal has come: records, bytes, rate, percent, and the time that is left at this rate.
 *
 * <p>One thread. A record costs a comparison; the clock is looked at once in {@value #LOOK_COUNT} records.
 */
public final class ReplayProgress {
    /** Records between two looks at the clock. */
    private static final int LOOK_COUNT = 4096;

    private static final long LINE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LINES_INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int LINE_WIDTH = 110;
    private static final double MIB = 1 << 20;
    private static final double NS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final Form form;
    private final long lastSequence;
    private final long startNs = System.nanoTime();
    private long firstSequence = -1;
    private long sequence;
    private long recordCount;
    private long byteCount;
    private long shownNs = startNs;

    /** How it is told. */
    public enum Form {
        /** Not at all. */
        NONE,
        /** A line that replaces itself: on a terminal. */
        LINE,
        /** A line now and then: into a file. */
        LINES
    }

    /** @param lastSequence of the record with which the reading will probably end. */
    public ReplayProgress(final PrintWriter out, final Form form, final long lastSequence) {
        this.out = out;
        this.form = form;
        this.lastSequence = lastSequence;
    }

    /** A record was read. */
    public void add(final long atSequence, final int length) {
        if (recordCount == 0) {
            firstSequence = atSequence;
        }
        sequence = atSequence;
        byteCount += length;
        recordCount++;
        if (recordCount % LOOK_COUNT == 0 && form != Form.NONE) {
            look();
        }
    }

    private void look() {
        final long nowNs = System.nanoTime();
        if (nowNs - shownNs >= (form == Form.LINE ? LINE_INTERVAL_NS : LINES_INTERVAL_NS)) {
            shownNs = nowNs;
            show(text(nowNs));
        }
    }

    private void show(final String text) {
        if (form == Form.LINE) {
            out.print("\r" + text + " ".repeat(Math.max(0, LINE_WIDTH - text.length())));
            out.flush();
        } else {
            out.println(text);
        }
    }

    /** The reading has ended: the line of a terminal goes, a file gets a last one. */
    public void finish() {
        if (form == Form.LINES) {
            show(text(System.nanoTime()));
        } else if (form == Form.LINE) {
            out.print("\r" + " ".repeat(LINE_WIDTH) + "\r");
            out.flush();
        }
    }

    private String text(final long nowNs) {
        final double seconds = Math.max(1, nowNs - startNs) / NS_PER_SECOND;
        final double rate = recordCount / seconds;
        final long all = lastSequence - Math.max(0, firstSequence) + 1;
        final long leftCount = Math.max(0, lastSequence - sequence);
        return String.format(
                Locale.ROOT,
                "%,d of %,d records (%.1f %%), %,.0f MiB, %,.0f records/s, %s left",
                recordCount,
                Math.max(all, recordCount),
                all <= 0 ? 100.0 : Math.min(100.0, 100.0 * recordCount / all),
                byteCount / MIB,
                rate,
                duration(rate <= 0 ? 0 : (long) Math.ceil(leftCount / rate)));
    }

    private static String duration(final long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
