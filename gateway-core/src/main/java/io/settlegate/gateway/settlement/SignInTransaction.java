package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.Durability;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.SignInDecoder;
import io.settlegate.protocol.codec.SignInOutcomeEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * 9001: the terms of the session, as the last start of the gateway promised them. Binds no msgid; the terminal's row keeps
 * the record, so that a sign-out can be held against it. Owned by the engine's thread.
 */
final class SignInTransaction implements Transaction {
    private final EngineState state;
    private final OutcomeWriter writer;
    private final SignInOutcomeEncoder encoder = new SignInOutcomeEncoder();

    SignInTransaction(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return SignInDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return SignInDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.NONE;
    }

    @Override
    public ResultCode compute(final Request request) {
        return state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) == 1
                ? ResultCode.OK
                : ResultCode.INSTITUTION_DISABLED;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, SignInOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        GatewayNumber.put(
                outcome,
                encoder.offset() + SignInOutcomeEncoder.signNoEncodingOffset(),
                writer.region(),
                BusinessTime.dayOf(request.timeMs),
                request.sequence);
        final FlatTable terms = state.globals;
        encoder.durability(Durability.get(terms.getByte(0, Rows.GLOBALS_DURABILITY)))
                .windowCount(terms.getInt(0, Rows.GLOBALS_WINDOW))
                .maxLines(terms.getInt(0, Rows.GLOBALS_MAX_LINES))
                .maxFrameLength(terms.getInt(0, Rows.GLOBALS_MAX_FRAME))
                .heartbeatIntervalMs(terms.getInt(0, Rows.GLOBALS_HEARTBEAT))
                .idleTimeoutMs(terms.getInt(0, Rows.GLOBALS_IDLE));
        encoder.laneFirst(state.terminals.getInt(request.terminalRow, Rows.TERMINAL_ORDINAL) * Limits.LANE_COUNT)
                .laneCount(Limits.LANE_COUNT);
        outcome.putBytes(
                encoder.offset() + SignInOutcomeEncoder.fixmedinsCodeEncodingOffset(),
                state.institutions.buffer(request.institutionRow),
                state.institutions.offset(request.institutionRow),
                Rows.INSTITUTION_KEY);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        final int day = BusinessTime.dayOf(request.timeMs);
        TerminalRows.putSignIn(state.terminals, request.terminalRow, request.sequence, day);
    }
}
