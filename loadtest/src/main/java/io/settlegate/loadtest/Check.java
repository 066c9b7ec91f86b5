package io.settlegate.loadtest;

import java.util.Locale;

/** One line of the proof: what the terminals hold, what the gateway says, and whether that is as it must be. */
record Check(String what, String terminals, String gateway, Verdict verdict) {
    /** Whether a check held. */
    enum Verdict {
        HOLDS,
        FAILS;

        static Verdict of(final boolean holds) {
            return holds ? HOLDS : FAILS;
        }
    }

    static Check equal(final String what, final String terminals, final String gateway) {
        return new Check(what, terminals, gateway, Verdict.of(terminals.equals(gateway)));
    }

    static Check that(final String what, final String found, final boolean holds) {
        return new Check(what, "", found, Verdict.of(holds));
    }

    /** What stands above the lines of checks. */
    static String header() {
        return row("", "terminals", "gateway", "");
    }

    /** As a person reads it. */
    String line() {
        return row(what, terminals, gateway, holds() ? "holds" : "FAILS");
    }

    private static String row(final String what, final String terminals, final String gateway, final String verdict) {
        return String.format(Locale.ROOT, "    %-42s %18s %26s   %s", what, terminals, gateway, verdict)
                .stripTrailing();
    }

    boolean holds() {
        return verdict == Verdict.HOLDS;
    }
}
