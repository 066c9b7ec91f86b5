package io.settlegate.gateway;

import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.protocol.ResultCode;

/** An act was refused. */
final class ActRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int chunkIndex;
    private final int rowIndex;

    ActRefusedException(final long sequence, final ActRefusedDecoder refused) {
        super("the engine refused the act, and nothing of it is in force: " + ResultCode.of(refused.code()) + ", "
                + refused.reason()
                + (refused.chunkIndex() < 0 ? "" : ", chunk " + refused.chunkIndex())
                + (refused.rowIndex() < 0 ? "" : ", row " + refused.rowIndex() + " of it")
                + ". It stands in the journal as record " + sequence);
        chunkIndex = refused.chunkIndex();
        rowIndex = refused.rowIndex();
    }

    /** The chunk of the import that was refused, or -1. */
    int chunkIndex() {
        return chunkIndex;
    }

    /** The row within it, or -1. */
    int rowIndex() {
        return rowIndex;
    }

    /** As a running gateway answered. */
    ActRefusedException(final ActAnswer answer) {
        super(answer.refusal());
        chunkIndex = answer.chunkIndex();
        rowIndex = answer.rowIndex();
    }
}
