package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import org.agrona.MutableDirectBuffer;

/**
 * 2101: what 2102 would answer at this moment, by the same computation, with an empty setl_id. Books nothing; of the state only
 * its own msgid changes. Owned by the engine's thread.
 */
final class PresettleTransaction implements Transaction {
    private final Settlement settlement;
    private final SettleOutcomeWriter outcomeWriter;

    PresettleTransaction(final EngineState state, final Settlement settlement, final OutcomeWriter writer) {
        this.settlement = settlement;
        this.outcomeWriter = new SettleOutcomeWriter(state, writer);
    }

    @Override
    public int templateId() {
        return PharmacyPresettleDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return PharmacyPresettleDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        return settlement.compute(request);
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
