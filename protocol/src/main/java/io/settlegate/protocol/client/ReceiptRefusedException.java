package io.settlegate.protocol.client;

/** A reply came whose receipt proves nothing. The outcome must not be believed; ask again, and keep the bytes. */
public final class ReceiptRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReceiptRefusedException(final String msgid, final String reason) {
        super("the receipt of " + msgid + " does not verify: " + reason);
    }
}
