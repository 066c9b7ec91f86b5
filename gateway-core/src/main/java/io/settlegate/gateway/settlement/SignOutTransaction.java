package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.SignOutDecoder;
import io.settlegate.protocol.codec.SignOutOutcomeEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * 9002: ends what the terminal's newest sign-in began. Only the sign_no of that one will do, and only once. An institution
 * that was suspended meanwhile may still sign out.
 *
 * <p>Owned by the engine's thread.
 */
final class SignOutTransaction implements Transaction {
    private static final int SIGN_NO = SignOutDecoder.signNoEncodingOffset();

    private final EngineState state;
    private final OutcomeWriter writer;
    private final SignOutOutcomeEncoder encoder = new SignOutOutcomeEncoder();
    private final UnsafeBuffer newest = new UnsafeBuffer(new byte[GatewayNumber.LENGTH]);

    SignOutTransaction(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return SignOutDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return SignOutDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        final int signNo = request.body + SIGN_NO;
        if (!GatewayNumber.isNumber(request.buffer, signNo)) {
            return ResultCode.FIELD_MALFORMED;
        }
        final long sequence = state.terminals.getLong(request.terminalRow, Rows.TERMINAL_SIGN_IN);
        final int day = state.terminals.getInt(request.terminalRow, Rows.TERMINAL_SIGN_IN_DAY);
        GatewayNumber.put(newest, 0, writer.region(), day, sequence);
        return sequence != 0 && Fields.equal(newest, 0, request.buffer, signNo, GatewayNumber.LENGTH)
                ? ResultCode.OK
                : ResultCode.SIGN_NO_WRONG;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, SignOutOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        outcome.putBytes(
                encoder.offset() + SignOutOutcomeEncoder.signNoEncodingOffset(),
                request.buffer,
                request.body + SIGN_NO,
                GatewayNumber.LENGTH);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        TerminalRows.putSignIn(state.terminals, request.terminalRow, 0, 0);
    }
}
