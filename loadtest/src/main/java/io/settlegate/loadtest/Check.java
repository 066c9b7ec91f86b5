package io.settlegate.loadtest;

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

    boolean holds() {
        return verdict == Verdict.HOLDS;
    }
}
