package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import org.agrona.MutableDirectBuffer;

/**
 * 2206 and 2303: what 2207 or 2304 would answer at this moment, by the same computation, with an empty setl_id. Books nothing; of the
 * state only its own msgid changes. Owned by the engine's thread.
 */
final class VisitPresettleTransaction implements Transaction {
    private final int templateId;
    private final VisitKind kind;
    private final VisitSettlement settlement;
    private final SettleOutcomeWriter outcomeWriter;

    VisitPresettleTransaction(
            final int templateId,
            final VisitKind kind,
            final VisitSettlement settlement,
            final SettleOutcomeWriter outcomeWriter) {
        this.templateId = templateId;
        this.kind = kind;
        this.settlement = settlement;
        this.outcomeWriter = outcomeWriter;
    }

    @Override
    public int templateId() {
        return templateId;
    }

    @Override
    public int blockLength() {
        return OutpatientSettleDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        return settlement.compute(request, kind, SplitRule.MAY_BE_LEFT_OUT);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        return settlement.encode(outcomeWriter, request, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        // What was shown is not booked.
    }
}
