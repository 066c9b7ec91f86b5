package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import java.io.IOException;

/** The gateway does not let this terminal in. The code says why. */
public final class GatewayRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final ResultCode code;

    GatewayRefusedException(final ResultCode code) {
        super("sign-in refused: " + code.code() + ' ' + code + ", " + code.textEn() + "; next: "
                + code.next().advice());
        this.code = code;
    }

    public ResultCode code() {
        return code;
    }

    /**
     * True if trying again cannot help before somebody has acted: the terminal is not registered, suspended, revoked, or of
     * another key, or it speaks a protocol that the gateway does not.
     */
    public boolean isPermanent() {
        return switch (code) {
            case UNKNOWN_TERMINAL,
                    TERMINAL_DISABLED,
                    BAD_SIGNATURE,
                    MALFORMED,
                    UNSUPPORTED_VERSION,
                    UNSUPPORTED_TRANSACTION,
                    WRONG_DOMAIN,
                    WRONG_AUDIENCE -> true;
            default -> false;
        };
    }
}
