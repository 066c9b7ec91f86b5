package io.settlegate.gateway;

import io.settlegate.protocol.ResultCode;

/** The engine refused an act. */
final class ActRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ActRefusedException(final long sequence, final ResultCode code) {
        super("the act was refused and stands in the journal as record " + sequence + ": " + code.code() + ' ' + code + ", "
                + code.textEn());
    }
}
