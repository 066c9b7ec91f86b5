package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.EnrolTerminalDecoder;

/**
 * Registers a terminal with the key of its certificate. The certificate itself is not looked at here: whether it was good depends
 * on the day and on whom the operator trusted, and replay must find the same for ever. The act says which certificate it was; the
 * rest is {@link RegisterTerminalAct}, whose fields stand at the same places.
 *
 * <p>Owned by the engine's thread.
 */
final class EnrolTerminalAct implements Act {
    private static final int CERTIFICATE = EnrolTerminalDecoder.certificateDigestEncodingOffset();
    private static final int ISSUER = EnrolTerminalDecoder.issuerDigestEncodingOffset();
    private static final int SERIAL = EnrolTerminalDecoder.certificateSerialEncodingOffset();
    private static final int SERIAL_LENGTH = EnrolTerminalDecoder.certificateSerialLength();
    private static final int AUTHORITY = EnrolTerminalDecoder.authorityDigestEncodingOffset();
    private static final int DIGEST_LENGTH = EnrolTerminalDecoder.authorityDigestLength();
    private static final int REVOCATION = EnrolTerminalDecoder.revocationEncodingOffset();
    private static final int LISTS_CHECKED = 1;

    private final RegisterTerminalAct registration;

    EnrolTerminalAct(final RegisterTerminalAct registration) {
        this.registration = registration;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        final boolean namesCertificate = isFilled(command, CERTIFICATE, DIGEST_LENGTH)
                && isFilled(command, ISSUER, DIGEST_LENGTH)
                && isFilled(command, SERIAL, SERIAL_LENGTH)
                && isFilled(command, AUTHORITY, DIGEST_LENGTH);
        final byte revocation = command.getByte(REVOCATION);
        if (!namesCertificate || revocation < 0 || revocation > LISTS_CHECKED) {
            return ActReason.VALUE_WRONG;
        }
        return registration.compute(command);
    }

    @Override
    public void commit(final ActCommand command) {
        registration.commit(command);
    }

    private static boolean isFilled(final ActCommand command, final int field, final int length) {
        for (int i = 0; i < length; i++) {
            if (command.getByte(field + i) != 0) {
                return true;
            }
        }
        return false;
    }
}
