package io.settlegate.gateway.inspection;

import io.settlegate.protocol.ResultCode;

/** Names of result codes; a journal of a later version may hold codes that this build does not know. No state. */
public final class ResultNames {
    private ResultNames() {}

    /** UNKNOWN where this build knows none. */
    public static String of(final int code) {
        try {
            return ResultCode.of(code).name();
        } catch (final IllegalArgumentException e) {
            return "UNKNOWN";
        }
    }
}
