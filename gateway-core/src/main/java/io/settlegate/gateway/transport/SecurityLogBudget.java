package io.settlegate.gateway.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the security log: what fails authentication is counted always and logged as a sample, so that an attacker cannot
 * fill the disk. Safe for all threads; never blocks.
 */
final class SecurityLogBudget {
    private static final int LINES_PER_SECOND = 10;
    private static final int COUNT_BITS = 8;

    /** The second since some start, shifted, and the lines written in it. */
    private final AtomicLong state = new AtomicLong();

    boolean tryTake() {
        final long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()) & 0xff_ffff_ffffL;
        while (true) {
            final long before = state.get();
            final long count = before >>> COUNT_BITS == second ? before & 0xff : 0;
            if (count >= LINES_PER_SECOND) {
                return false;
            }
            if (state.compareAndSet(before, second << COUNT_BITS | count + 1)) {
                return true;
            }
        }
    }
}
