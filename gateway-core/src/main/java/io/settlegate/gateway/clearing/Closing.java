package io.settlegate.gateway.clearing;

import java.time.LocalDate;

/**
 * An act that closed an office's clearing, or opened it again.
 *
 * @param office admdvs where the persons are insured.
 * @param through the last day that is closed since.
 * @param kind of it.
 * @param sequence of its record.
 * @param timeMs of its record.
 * @param actId chosen by the operator.
 * @param reason the operator's words.
 */
public record Closing(
        String office, LocalDate through, Kind kind, long sequence, long timeMs, String actId, String reason) {
    /** What the act did. */
    public enum Kind {
        CLOSED,
        REOPENED
    }
}
