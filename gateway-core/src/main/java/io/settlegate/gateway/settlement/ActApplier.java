package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.AcceptClockDecoder;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActOutcomeEncoder;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedEncoder;
import io.settlegate.gateway.settlement.codec.AllocateDecoder;
import io.settlegate.gateway.settlement.codec.ClosePeriodDecoder;
import io.settlegate.gateway.settlement.codec.EnrolTerminalDecoder;
import io.settlegate.gateway.settlement.codec.FreezePersonDecoder;
import io.settlegate.gateway.settlement.codec.GatewayStartedDecoder;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ReadUnmaskedDecoder;
import io.settlegate.gateway.settlement.codec.RegisterTerminalDecoder;
import io.settlegate.gateway.settlement.codec.TerminalStatusDecoder;
import io.settlegate.protocol.ResultCode;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Applies operators' acts and the gateway's own: what is the same for all, and the table of what they do. Each act gets an
 * outcome; a refused act changes nothing. Acts allocate; they are rare.
 *
 * <p>Owned by the engine's thread.
 */
final class ActApplier {
    static final int SCHEMA_ID = MessageHeaderDecoder.SCHEMA_ID;

    private final String gatewayId;
    private final List<ActForm> forms;
    private final OnceRule onceRule;
    private final ActCommand command = new ActCommand();
    private final MessageHeaderEncoder outcomeHeader = new MessageHeaderEncoder();
    private final ActOutcomeEncoder done = new ActOutcomeEncoder();
    private final ActRefusedEncoder refused = new ActRefusedEncoder();

    ActApplier(final EngineState state, final EngineParameters parameters, final TerminalListener listener) {
        this.gatewayId = parameters.gatewayId();
        this.forms = forms(state, listener);
        this.onceRule = new OnceRule(state);
    }

    private static List<ActForm> forms(final EngineState state, final TerminalListener listener) {
        final List<ActForm> forms = new ArrayList<>(List.of(
                new ActForm(
                        GatewayStartedDecoder.TEMPLATE_ID,
                        GatewayStartedDecoder.BLOCK_LENGTH,
                        ActKind.GATEWAY,
                        new GatewayStartedAct(state)),
                new ActForm(
                        AcceptClockDecoder.TEMPLATE_ID,
                        AcceptClockDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR,
                        new AcceptClockAct(state)),
                new ActForm(
                        ImportBeginDecoder.TEMPLATE_ID,
                        ImportBeginDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new ImportBeginAct(state)),
                new ActForm(
                        ImportCommitDecoder.TEMPLATE_ID,
                        ImportCommitDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR,
                        new ImportCommitAct(state, listener)),
                new ActForm(
                        RegisterTerminalDecoder.TEMPLATE_ID,
                        RegisterTerminalDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new RegisterTerminalAct(state, listener)),
                new ActForm(
                        TerminalStatusDecoder.TEMPLATE_ID,
                        TerminalStatusDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new TerminalStatusAct(state, listener)),
                new ActForm(
                        FreezePersonDecoder.TEMPLATE_ID,
                        FreezePersonDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new FreezePersonAct(state)),
                new ActForm(
                        AllocateDecoder.TEMPLATE_ID,
                        AllocateDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new AllocateAct(state)),
                new ActForm(
                        EnrolTerminalDecoder.TEMPLATE_ID,
                        EnrolTerminalDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new EnrolTerminalAct(new RegisterTerminalAct(state, listener))),
                new ActForm(
                        ReadUnmaskedDecoder.TEMPLATE_ID,
                        ReadUnmaskedDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new ReadUnmaskedAct()),
                new ActForm(
                        ClosePeriodDecoder.TEMPLATE_ID,
                        ClosePeriodDecoder.BLOCK_LENGTH,
                        ActKind.OPERATOR_ONCE,
                        new ClosePeriodAct(state))));
        final Act chunk = new ImportChunkAct(state);
        for (final ImportKind kind : ImportKind.values()) {
            forms.add(new ActForm(kind.templateId, kind.blockLength, ActKind.OPERATOR, chunk));
        }
        return List.copyOf(forms);
    }

    int apply(
            final long sequence,
            final long timeMs,
            final DirectBuffer source,
            final int offset,
            final int length,
            final MutableDirectBuffer outcome,
            final int outcomeOffset) {
        command.wrap(source, offset, length, sequence, timeMs);
        final ActForm form = form();
        ActReason reason;
        try {
            reason = compute(form);
        } catch (final RuntimeException e) {
            reason = ActReason.INTERNAL;
        }
        final int outcomeLength = reason == ActReason.NONE
                ? encodeDone(outcome, outcomeOffset)
                : encodeRefused(reason, outcome, outcomeOffset);
        if (reason == ActReason.NONE) {
            try {
                commit(form);
            } catch (final RuntimeException e) {
                throw new EngineCommitException(sequence, e);
            }
        }
        return outcomeLength;
    }

    private ActForm form() {
        for (final ActForm form : forms) {
            if (form.templateId() == command.templateId) {
                return form;
            }
        }
        return null;
    }

    private ActReason compute(final ActForm form) {
        if (form == null || !isWellFormed(form)) {
            return ActReason.MALFORMED;
        }
        if (form.kind() == ActKind.GATEWAY) {
            return form.act().compute(command);
        }
        if (!command.isFor(gatewayId)) {
            return ActReason.OTHER_GATEWAY;
        }
        final boolean once = form.kind() == ActKind.OPERATOR_ONCE;
        ActReason reason = once ? onceRule.check(command) : ActReason.NONE;
        if (reason == ActReason.NONE) {
            reason = form.act().compute(command);
        }
        return once && reason == ActReason.NONE ? onceRule.reserve(command) : reason;
    }

    private boolean isWellFormed(final ActForm form) {
        final boolean gateway = form.kind() == ActKind.GATEWAY;
        final int signatureLength = gateway ? 0 : Request.SIGNATURE_LENGTH;
        final ActDomainTag domain = gateway ? ActDomainTag.GATEWAY_ACT : ActDomainTag.OPERATOR_ACT;
        return command.blockLength >= form.blockLength()
                && command.length >= MessageHeaderDecoder.ENCODED_LENGTH + command.blockLength + signatureLength
                && command.domainTag() == domain.value();
    }

    private void commit(final ActForm form) {
        form.act().commit(command);
        if (form.kind() == ActKind.OPERATOR_ONCE) {
            onceRule.commit(command);
        }
    }

    private int encodeDone(final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, ActOutcomeEncoder.BLOCK_LENGTH);
        done.wrapAndApplyHeader(outcome, offset, outcomeHeader);
        done.actTemplateId(command.templateId)
                .sequence(command.sequence)
                .timeMs(command.timeMs)
                .rowCount(command.rowCount);
        putActId(outcome, done.offset() + ActOutcomeEncoder.actIdEncodingOffset());
        return MessageHeaderEncoder.ENCODED_LENGTH + done.encodedLength();
    }

    private int encodeRefused(final ActReason reason, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, ActRefusedEncoder.BLOCK_LENGTH);
        refused.wrapAndApplyHeader(outcome, offset, outcomeHeader);
        final ResultCode code =
                switch (reason) {
                    case LIMIT -> ResultCode.CAPACITY;
                    case INTERNAL -> ResultCode.INTERNAL;
                    default -> ResultCode.ACT_REFUSED;
                };
        refused.actTemplateId(command.templateId)
                .sequence(command.sequence)
                .timeMs(command.timeMs)
                .code(code.code())
                .reason(reason)
                .chunkIndex(command.chunkIndex)
                .rowIndex(command.rowIndex);
        putActId(outcome, refused.offset() + ActRefusedEncoder.actIdEncodingOffset());
        return MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength();
    }

    private void putActId(final MutableDirectBuffer outcome, final int target) {
        if (command.templateId != GatewayStartedDecoder.TEMPLATE_ID && command.hasHeader()) {
            outcome.putBytes(target, command.buffer, command.actId(), ActCommand.ID_LENGTH);
        }
    }
}
