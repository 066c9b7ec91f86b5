package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.AcceptClockDecoder;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderDecoder;
import io.settlegate.gateway.settlement.codec.ActOutcomeEncoder;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedEncoder;
import io.settlegate.gateway.settlement.codec.GatewayStartedDecoder;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.protocol.ResultCode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Applies operators' acts and the gateway's own. Each act gets an outcome; a refused act changes nothing. Acts allocate;
 * they are rare.
 *
 * <p>Owned by the engine's thread.
 */
final class ActApplier {
    static final int SCHEMA_ID = MessageHeaderDecoder.SCHEMA_ID;
    private static final int ACT_ID = ActHeaderDecoder.actIdEncodingOffset();
    private static final int ACT_ID_LENGTH = 30;
    private static final int IMPORT_ID = ImportBeginDecoder.importIdEncodingOffset();

    private final EngineState state;
    private final String gatewayId;
    private final TerminalListener listener;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder outcomeHeader = new MessageHeaderEncoder();
    private final GatewayStartedDecoder started = new GatewayStartedDecoder();
    private final ImportCommitDecoder commit = new ImportCommitDecoder();
    private final ActOutcomeEncoder done = new ActOutcomeEncoder();
    private final ActRefusedEncoder refused = new ActRefusedEncoder();
    private final Chunk chunk = new Chunk();

    private DirectBuffer buffer;
    private int offset;
    private int body;
    private int length;
    private int chunkIndex;
    private int rowIndex;
    private long rowCount;
    private ImportCheck check;
    private UnsafeBuffer chunkCopy;

    ActApplier(final EngineState state, final EngineParameters parameters, final TerminalListener listener) {
        this.state = state;
        this.gatewayId = parameters.gatewayId();
        this.listener = listener;
    }

    int apply(
            final long sequence,
            final long timeMs,
            final DirectBuffer command,
            final int commandOffset,
            final int commandLength,
            final MutableDirectBuffer outcome,
            final int outcomeOffset) {
        buffer = command;
        offset = commandOffset;
        length = commandLength;
        body = commandOffset + MessageHeaderDecoder.ENCODED_LENGTH;
        chunkIndex = -1;
        rowIndex = -1;
        rowCount = 0;
        header.wrap(command, commandOffset);
        final int template = header.templateId();
        ActReason reason;
        try {
            reason = compute(template);
        } catch (final RuntimeException e) {
            reason = ActReason.INTERNAL;
        }
        final int outcomeLength = encode(reason, template, sequence, timeMs, outcome, outcomeOffset);
        if (reason == ActReason.NONE) {
            try {
                commit(template);
            } catch (final RuntimeException e) {
                throw new EngineCommitException(sequence, e);
            }
        }
        return outcomeLength;
    }

    private ActReason compute(final int template) {
        if (template == GatewayStartedDecoder.TEMPLATE_ID) {
            return length >= MessageHeaderDecoder.ENCODED_LENGTH + GatewayStartedDecoder.BLOCK_LENGTH
                            && buffer.getByte(body) == ActDomainTag.GATEWAY_ACT.value()
                    ? ActReason.NONE
                    : ActReason.MALFORMED;
        }
        final int least = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength() + Request.SIGNATURE_LENGTH;
        if (length < least
                || header.blockLength() < leastBlockLength(template)
                || buffer.getByte(body) != ActDomainTag.OPERATOR_ACT.value()) {
            return ActReason.MALFORMED;
        }
        if (!Fields.holds(buffer, body + ActHeaderDecoder.gatewayIdEncodingOffset(), 16, gatewayId)) {
            return ActReason.OTHER_GATEWAY;
        }
        return switch (template) {
            case ImportBeginDecoder.TEMPLATE_ID ->
                Fields.isCode(buffer, body + IMPORT_ID, ACT_ID_LENGTH) ? ActReason.NONE : ActReason.MALFORMED;
            case AcceptClockDecoder.TEMPLATE_ID ->
                acceptedMs() >= state.lastTimeMs ? ActReason.NONE : ActReason.VALUE_WRONG;
            case ImportCommitDecoder.TEMPLATE_ID -> computeCommit();
            default -> computeChunk();
        };
    }

    private static int leastBlockLength(final int template) {
        return switch (template) {
            case ImportBeginDecoder.TEMPLATE_ID -> ImportBeginDecoder.BLOCK_LENGTH;
            case AcceptClockDecoder.TEMPLATE_ID -> AcceptClockDecoder.BLOCK_LENGTH;
            case ImportCommitDecoder.TEMPLATE_ID -> ImportCommitDecoder.BLOCK_LENGTH;
            default -> ImportKind.of(template) == null ? Integer.MAX_VALUE : ImportKind.of(template).blockLength;
        };
    }

    private ActReason computeChunk() {
        final int chunkLength = length - Request.SIGNATURE_LENGTH;
        if (!chunk.wrap(buffer, offset, chunkLength)) {
            return ActReason.MALFORMED;
        }
        chunkIndex = chunk.index();
        if (!state.staged.isOpen(buffer, body + IMPORT_ID)) {
            return ActReason.NO_IMPORT;
        }
        if (chunkIndex != state.staged.chunks().size()) {
            return ActReason.CHUNK_OUT_OF_ORDER;
        }
        if (!state.staged.hasRoom(chunkLength)) {
            return ActReason.LIMIT;
        }
        chunkCopy = StagedImport.copy(buffer, offset, chunkLength);
        rowCount = chunk.rowCount;
        return ActReason.NONE;
    }

    private ActReason computeCommit() {
        commit.wrap(buffer, body, header.blockLength(), header.version());
        if (!state.staged.isOpen(buffer, body + IMPORT_ID)) {
            return ActReason.NO_IMPORT;
        }
        if (commit.rowCount() != state.staged.rowCount()) {
            return ActReason.COUNT_DIFFERS;
        }
        if (!state.staged.digestIs(buffer, body + ImportCommitDecoder.digestEncodingOffset())) {
            return ActReason.DIGEST_DIFFERS;
        }
        check = new ImportCheck(state);
        final ActReason reason = check.check();
        chunkIndex = check.chunkIndex;
        rowIndex = check.rowIndex;
        rowCount = check.appliedRowCount();
        check = null;
        return reason;
    }

    private int encode(
            final ActReason reason,
            final int template,
            final long sequence,
            final long timeMs,
            final MutableDirectBuffer outcome,
            final int outcomeOffset) {
        final boolean hasId = template != GatewayStartedDecoder.TEMPLATE_ID && length >= body - offset + IMPORT_ID;
        if (reason == ActReason.NONE) {
            OutcomeWriter.clear(outcome, outcomeOffset, ActOutcomeEncoder.BLOCK_LENGTH);
            done.wrapAndApplyHeader(outcome, outcomeOffset, outcomeHeader);
            done.actTemplateId(template).sequence(sequence).timeMs(timeMs).rowCount(rowCount);
            if (hasId) {
                outcome.putBytes(
                        done.offset() + ActOutcomeEncoder.actIdEncodingOffset(), buffer, body + ACT_ID, ACT_ID_LENGTH);
            }
            return MessageHeaderEncoder.ENCODED_LENGTH + done.encodedLength();
        }
        OutcomeWriter.clear(outcome, outcomeOffset, ActRefusedEncoder.BLOCK_LENGTH);
        refused.wrapAndApplyHeader(outcome, outcomeOffset, outcomeHeader);
        final ResultCode code = reason == ActReason.LIMIT
                ? ResultCode.CAPACITY
                : reason == ActReason.INTERNAL ? ResultCode.INTERNAL : ResultCode.ACT_REFUSED;
        refused.actTemplateId(template)
                .sequence(sequence)
                .timeMs(timeMs)
                .code(code.code())
                .reason(reason)
                .chunkIndex(chunkIndex)
                .rowIndex(rowIndex);
        if (hasId) {
            outcome.putBytes(
                    refused.offset() + ActRefusedEncoder.actIdEncodingOffset(), buffer, body + ACT_ID, ACT_ID_LENGTH);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength();
    }

    private void commit(final int template) {
        switch (template) {
            case GatewayStartedDecoder.TEMPLATE_ID -> commitStarted();
            case ImportBeginDecoder.TEMPLATE_ID -> state.staged.begin(buffer, body + IMPORT_ID);
            case AcceptClockDecoder.TEMPLATE_ID -> {
                state.lastTimeMs = acceptedMs();
                state.msgids.dropBefore(state.lastTimeMs);
            }
            case ImportCommitDecoder.TEMPLATE_ID -> new ImportMerge(state, listener).merge();
            default -> state.staged.add(chunkCopy, chunk.rowCount);
        }
    }

    private long acceptedMs() {
        return buffer.getLong(body + AcceptClockDecoder.acceptedMsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    }

    private void commitStarted() {
        started.wrap(buffer, body, header.blockLength(), header.version());
        final FlatTable globals = state.globals;
        globals.beginWrite(0);
        globals.putByte(0, Rows.GLOBALS_DURABILITY, (byte) started.durability());
        globals.putInt(0, Rows.GLOBALS_WINDOW, started.windowCount());
        globals.putInt(0, Rows.GLOBALS_MAX_LINES, started.maxLines());
        globals.putInt(0, Rows.GLOBALS_MAX_FRAME, (int) started.maxFrameLength());
        globals.putInt(0, Rows.GLOBALS_HEARTBEAT, (int) started.heartbeatIntervalMs());
        globals.putInt(0, Rows.GLOBALS_IDLE, (int) started.idleTimeoutMs());
        globals.endWrite(0);
    }
}
