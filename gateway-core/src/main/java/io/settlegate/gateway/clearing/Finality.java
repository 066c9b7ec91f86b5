package io.settlegate.gateway.clearing;

/**
 * Whether a statement's figures are final.
 *
 * @param closing the act since which the period is closed, or null while it is open.
 * @param operatorKeyId of the key that signed it: the first sixteen hexadecimal digits of its SM3; empty while it is open.
 * @param asOfSequence the last record that was read; of a statement that is open.
 * @param asOfMs of that record.
 */
public record Finality(Closing closing, String operatorKeyId, long asOfSequence, long asOfMs) {
    public boolean isClosed() {
        return closing != null;
    }
}
