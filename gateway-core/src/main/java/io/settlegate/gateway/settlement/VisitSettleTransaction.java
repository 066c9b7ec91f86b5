package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeEncoder;
import org.agrona.MutableDirectBuffer;

/** 2207 and 2304: settles staged lines of a visit or stay, gives a setl_id, and books. Owned by the engine's thread. */
final class VisitSettleTransaction implements Transaction {
    private static final int SETL_ID =
            MessageHeaderEncoder.ENCODED_LENGTH + OutpatientSettleOutcomeEncoder.setlIdEncodingOffset();

    private final int templateId;
    private final VisitKind kind;
    private final VisitSettlement settlement;
    private final SettleOutcomeWriter outcomeWriter;
    private final String region;

    VisitSettleTransaction(
            final int templateId,
            final VisitKind kind,
            final VisitSettlement settlement,
            final SettleOutcomeWriter outcomeWriter,
            final String region) {
        this.templateId = templateId;
        this.kind = kind;
        this.settlement = settlement;
        this.outcomeWriter = outcomeWriter;
        this.region = region;
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
        return MsgidUse.BOUND_WITH_PERSON;
    }

    @Override
    public ResultCode compute(final Request request) {
        return settlement.compute(request, kind, SplitRule.REQUIRED);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        final int length = settlement.encode(outcomeWriter, request, outcome, offset);
        GatewayNumber.put(outcome, offset + SETL_ID, region, BusinessTime.dayOf(request.timeMs), request.sequence);
        return length;
    }

    @Override
    public void commit(final Request request) {
        settlement.commit(request);
    }
}
