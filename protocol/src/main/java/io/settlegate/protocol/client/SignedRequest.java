package io.settlegate.protocol.client;

/**
 * A request, signed and ready to be sent, and sent again: the bytes need nothing of the connection.
 *
 * @param frame SBE header, body, signature; without the length field.
 */
public record SignedRequest(String msgid, long correlationId, byte[] frame) {
    @Override
    public String toString() {
        return "SignedRequest " + msgid;
    }
}
