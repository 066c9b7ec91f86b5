package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.client.SignedRequest;

/**
 * A request of a desk's file whose end is not noted.
 *
 * @param reversal the last that was sent, or was about to be; null where none was.
 */
record OpenEntry(SignedRequest request, UnknownRule rule, SignedRequest reversal) {
    OpenEntry reversedBy(final SignedRequest newReversal) {
        return new OpenEntry(request, rule, newReversal);
    }

    @Override
    public String toString() {
        return "OpenEntry " + request.msgid();
    }
}
