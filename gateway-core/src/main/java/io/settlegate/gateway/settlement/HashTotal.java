package io.settlegate.gateway.settlement;

/** The sum of the hashes of several tables' rows, kept with each row written. Owned by the engine's thread. */
final class HashTotal {
    long high;
    long low;

    void add(final long addedHigh, final long addedLow) {
        high += addedHigh;
        low += addedLow;
    }
}
