package io.settlegate.gateway.metrics;

/**
 * Whether the gateway lives and whether it takes work. Written by the boot, by housekeeping, and by a stage that fails; read
 * by any thread.
 */
public final class GatewayStatus {
    /** How far the gateway has come. */
    public enum Phase {
        RECOVERING,
        SERVING,
        DRAINING,
        FAILED
    }

    /** The answer of {@link #reason()} when the gateway takes work. */
    public static final String READY = "ready";

    private volatile Phase phase = Phase.RECOVERING;
    private volatile boolean journalFull;
    private volatile boolean clockHeld;

    /** A failure stays one. */
    public void enter(final Phase next) {
        if (phase != Phase.FAILED) {
            phase = next;
        }
    }

    /** Housekeeping: what is refused although the gateway serves. */
    public void limited(final boolean isJournalFull, final boolean isClockHeld) {
        journalFull = isJournalFull;
        clockHeld = isClockHeld;
    }

    /** True while no stage has failed. */
    public boolean isHealthy() {
        return phase != Phase.FAILED;
    }

    public boolean isReady() {
        return reason().equals(READY);
    }

    /** {@link #READY}, or the word for what stands against it. */
    public String reason() {
        return switch (phase) {
            case RECOVERING -> "recovering";
            case DRAINING -> "draining";
            case FAILED -> "failed";
            case SERVING -> limitation();
        };
    }

    private String limitation() {
        if (journalFull) {
            return "journal-full";
        }
        return clockHeld ? "clock-held" : READY;
    }
}
