package io.settlegate.loadtest.books;

/**
 * What a terminal holds of one answered request.
 *
 * @param command the signed request as sent, without the frame's length field: what a receipt is checked against.
 *     Empty where the terminal did not keep it.
 * @param outcome the outcome as received.
 * @param receipt the receipt as received.
 */
public record Acknowledged(String msgid, byte[] command, byte[] outcome, byte[] receipt) {}
