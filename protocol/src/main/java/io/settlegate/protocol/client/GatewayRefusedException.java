package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import java.io.IOException;

/** The gateway does not let this terminal in. The code says why. */
public final class GatewayRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final ResultCode code;

    GatewayRefusedException(final ResultCode code) {
        super("sign-in refused: " + code.code() + ' ' + code + ", " + code.textEn());
        this.code = code;
    }

    public ResultCode code() {
        return code;
    }
}
