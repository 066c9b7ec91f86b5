package io.settlegate.loadtest;

import java.io.PrintStream;

/**
 * Lines for a person: steps with what came of them, a progress line that replaces itself on a terminal, and is left
 * out where the output is a file.
 *
 * <p>Safe for all threads.
 */
final class Screen {
    private static final int LABEL_WIDTH = 10;
    private static final int TEXT_WIDTH = 98;
    private static final int LINE_WIDTH = 119;

    private final PrintStream out;
    private final boolean isTerminal;
    private boolean hasProgress;
    private long lastStepNs = System.nanoTime();

    @SuppressWarnings("SystemConsoleNull") // from 22 to 24 a piped run draws its progress as a terminal would
    Screen(final PrintStream out) {
        this.out = out;
        this.isTerminal = System.console() != null;
    }

    /** A line as it is. */
    synchronized void line(final String text) {
        clearProgress();
        out.println(text);
        out.flush();
    }

    /** What a step came to, with the seconds since the step before. */
    synchronized void step(final String label, final String text) {
        clearProgress();
        final long nowNs = System.nanoTime();
        out.printf("  %-" + LABEL_WIDTH + "s %-" + TEXT_WIDTH + "s %6.1f s%n", label, text, (nowNs - lastStepNs) / 1e9);
        out.flush();
        lastStepNs = nowNs;
    }

    /** More about the step above. */
    synchronized void more(final String text) {
        clearProgress();
        out.printf("  %-" + LABEL_WIDTH + "s %s%n", "", text);
        out.flush();
    }

    /** Shows what is going on, in place of what was shown before. */
    synchronized void progress(final String label, final String text) {
        if (isTerminal) {
            final String full = String.format("  %-" + LABEL_WIDTH + "s %s", label, text);
            out.print("\r" + pad(full));
            out.flush();
            hasProgress = true;
        }
    }

    private void clearProgress() {
        if (hasProgress) {
            out.print("\r" + " ".repeat(LINE_WIDTH) + "\r");
            hasProgress = false;
        }
    }

    private static String pad(final String text) {
        return text.length() >= LINE_WIDTH
                ? text.substring(0, LINE_WIDTH)
                : text + " ".repeat(LINE_WIDTH - text.length());
    }
}
