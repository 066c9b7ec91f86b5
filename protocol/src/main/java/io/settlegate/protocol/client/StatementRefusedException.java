package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import java.io.IOException;

/** The gateway refused a request about a statement; the code says what to do. */
public final class StatementRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ResultCode code;

    StatementRefusedException(final String msgid, final ResultCode code) {
        super("the gateway refused " + msgid + ": " + code.code() + ' ' + code
                + "; the table of codes says what to do");
        this.code = code;
    }

    public ResultCode code() {
        return code;
    }
}
