package io.settlegate.gateway.activity;

/** Settlements by credential. One thread. */
final class Counts {
    private final long[] byCredential = new long[Credential.COUNT];

    void add(final Credential credential) {
        byCredential[credential.ordinal()]++;
    }

    void add(final Counts other) {
        for (int i = 0; i < byCredential.length; i++) {
            byCredential[i] += other.byCredential[i];
        }
    }

    long of(final Credential credential) {
        return byCredential[credential.ordinal()];
    }

    long all() {
        long sum = 0;
        for (final long each : byCredential) {
            sum += each;
        }
        return sum;
    }

    /** Settlements by e-voucher of all. */
    Rate useRate() {
        return new Rate(of(Credential.E_VOUCHER), all());
    }
}
