package io.settlegate.loadtest.wire;

import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import org.agrona.concurrent.UnsafeBuffer;

/** What the outcome of a query says; the state is {@code NOT_SEEN} where the query itself was refused. */
public record QueryAnswer(int code, RecordState state) {
    /** Reads an outcome, message header included. */
    public static QueryAnswer read(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        final int code = new OutcomeHeaderDecoder()
                .wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH)
                .code();
        if (header.templateId() != QueryOutcomeDecoder.TEMPLATE_ID) {
            return new QueryAnswer(code, RecordState.NOT_SEEN);
        }
        return new QueryAnswer(
                code,
                new QueryOutcomeDecoder().wrapAndApplyHeader(buffer, 0, header).state());
    }
}
