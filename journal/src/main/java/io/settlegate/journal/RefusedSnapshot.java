package io.settlegate.journal;

/**
 * A snapshot that was not used.
 *
 * @param sequence by which it is named.
 * @param place where it lies.
 * @param reason why it was not used, and where in it.
 */
public record RefusedSnapshot(long sequence, String place, String reason) {
    /** One line with all of it. */
    public String describe() {
        return place + " was not used: " + reason;
    }
}
