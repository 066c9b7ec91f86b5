package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder;
import org.agrona.MutableDirectBuffer;

/** 2102: computes a settlement, gives it its setl_id, and books it. Owned by the engine's thread. */
final class SettleTransaction implements Transaction {
    private static final int SETL_ID =
            MessageHeaderEncoder.ENCODED_LENGTH + PharmacySettleOutcomeEncoder.setlIdEncodingOffset();

    private final Settlement settlement;
    private final SettleOutcomeWriter outcomeWriter;
    private final String region;

    SettleTransaction(final EngineState state, final Settlement settlement, final OutcomeWriter writer) {
        this.settlement = settlement;
        this.outcomeWriter = new SettleOutcomeWriter(state, writer);
        this.region = writer.region();
    }

    @Override
    public int templateId() {
        return PharmacySettleDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return PharmacySettleDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_WITH_PERSON;
    }

    @Override
    public ResultCode compute(final Request request) {
        return settlement.compute(request);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        final int length = settlement.encode(outcomeWriter, request, outcome, offset);
        final int day = BusinessTime.dayOf(request.timeMs);
        GatewayNumber.put(outcome, offset + SETL_ID, region, day, request.sequence);
        return length;
    }

    @Override
    public void commit(final Request request) {
        settlement.bill.commit(request, -1);
    }
}
