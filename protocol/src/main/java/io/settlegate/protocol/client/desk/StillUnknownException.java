package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import java.io.IOException;

/**
 * The desk cannot go on with a request before somebody has acted, and its outcome is unknown. It stays in the desk's file:
 * {@link SettlementDesk#resumeUnfinished} takes it up again.
 */
public final class StillUnknownException extends IOException {
    private static final long serialVersionUID = 1;

    private final ResultCode code;

    StillUnknownException(final String msgid, final ResultCode code) {
        super("whether " + msgid + " was done is unknown: the gateway answers " + code.code() + ' ' + code + ", "
                + code.textEn() + "; next: " + code.next().advice() + ", then resume what is unfinished");
        this.code = code;
    }

    StillUnknownException(final String msgid, final Throwable cause) {
        super(
                "whether " + msgid + " was done is unknown: " + cause.getMessage()
                        + "; it stays in the desk's file: connect again and resume what is unfinished",
                cause);
        this.code = null;
    }

    /** What the gateway answered last; null where the client ended or the file failed. */
    public ResultCode code() {
        return code;
    }
}
