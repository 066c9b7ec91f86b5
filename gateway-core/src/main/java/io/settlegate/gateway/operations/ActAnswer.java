package io.settlegate.gateway.operations;

import io.settlegate.gateway.settlement.codec.ActOutcomeDecoder;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.protocol.ResultCode;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What became of one act.
 *
 * @param number of the act on its connection, from 1.
 * @param kind who answered, and how.
 * @param code OK where it was done.
 * @param reason of the engine's refusal; NONE else.
 * @param sequence of its record; 0 where it left none.
 * @param rowCount rows that it staged or made visible.
 * @param chunkIndex chunk at fault, or -1.
 * @param rowIndex row in that chunk, or -1.
 * @param outcome as journaled; empty where it left no record.
 * @param receipt that proves the outcome; empty where it left no record.
 */
public record ActAnswer(
        long number,
        Kind kind,
        ResultCode code,
        ActReason reason,
        long sequence,
        long rowCount,
        int chunkIndex,
        int rowIndex,
        byte[] outcome,
        byte[] receipt) {

    /** Who answered, and how. */
    public enum Kind {
        /** Done, durable, proven. */
        DONE,
        /** Refused by the engine: journaled, proven, nothing changed. */
        REFUSED,
        /** Refused before the engine: no record, nothing changed. */
        NOT_TAKEN,
        /** No room now: no record, nothing changed. */
        BUSY
    }

    static ActAnswer notTaken(final long number, final Kind kind, final int code) {
        return new ActAnswer(number, kind, ResultCode.of(code), ActReason.NONE, 0, 0, -1, -1, new byte[0], new byte[0]);
    }

    /** @throws IOException if the bytes are no outcome of an act. */
    static ActAnswer of(final long number, final byte[] outcome, final byte[] receipt) throws IOException {
        if (outcome.length < MessageHeaderDecoder.ENCODED_LENGTH + ActOutcomeDecoder.BLOCK_LENGTH) {
            throw new IOException("the peer answered an act with an outcome of " + outcome.length + " bytes");
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(outcome);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        if (header.templateId() == ActOutcomeDecoder.TEMPLATE_ID) {
            final ActOutcomeDecoder done = new ActOutcomeDecoder().wrapAndApplyHeader(buffer, 0, header);
            return new ActAnswer(
                    number,
                    Kind.DONE,
                    ResultCode.OK,
                    ActReason.NONE,
                    done.sequence(),
                    done.rowCount(),
                    -1,
                    -1,
                    outcome,
                    receipt);
        }
        if (header.templateId() != ActRefusedDecoder.TEMPLATE_ID) {
            throw new IOException("the peer answered an act with outcome " + header.templateId());
        }
        final ActRefusedDecoder refused = new ActRefusedDecoder().wrapAndApplyHeader(buffer, 0, header);
        return new ActAnswer(
                number,
                Kind.REFUSED,
                ResultCode.of(refused.code()),
                refused.reason(),
                refused.sequence(),
                0,
                refused.chunkIndex(),
                refused.rowIndex(),
                outcome,
                receipt);
    }

    /** What was refused and why, and what to do, in one line. */
    public String refusal() {
        return switch (kind) {
            case DONE -> "done";
            case REFUSED ->
                "the engine refused the act, and nothing of it is in force: " + code + ", " + reason
                        + (chunkIndex < 0 ? "" : ", chunk " + chunkIndex)
                        + (rowIndex < 0 ? "" : ", row " + rowIndex + " of it")
                        + ". It stands in the journal as record " + sequence + ". What to do: " + ActAdvice.of(reason);
            case NOT_TAKEN, BUSY ->
                "the gateway did not take the act: " + code.code() + ' ' + code + ", " + code.textEn()
                        + ". What to do: " + adviceBeforeTheEngine();
        };
    }

    /** The advice of the codes speaks to terminals. */
    private String adviceBeforeTheEngine() {
        return switch (code) {
            case BAD_SIGNATURE ->
                "sign with the key that this journal was founded with (`journal info` shows its public half)";
            case WRONG_AUDIENCE -> "connect to the gateway that the act names";
            case CLOCK_HELD -> "look at the gateway's clock, then `admin accept-clock`";
            case JOURNAL_FULL -> "make room on the journal's disk, then run the command again";
            case RING_FULL, WINDOW_FULL, STOPPING -> "run the command again later";
            default -> "use a client of this gateway's version";
        };
    }
}
